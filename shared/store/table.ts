import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** A local engine or a network that hangs must not eat a function's ten seconds. */
const patience = { connectionTimeout: 1_000, requestTimeout: 3_000 };

export const table = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: patience, maxAttempts: 4 }), {
  marshallOptions: { removeUndefinedValues: true },
});

export const headKey = "HEAD";
export const textKey = "TEXT";

/** The partition that holds everything of one complaint but the identity. */
export const complaintKey = (id: string) => `C#${id}`;
/** Six digits, so that events sort by number. */
export const eventKey = (version: number) => `E#${String(version).padStart(6, "0")}`;
export const moveKey = (mac: string) => `K#${mac}`;
export const inboxKey = ({ agencyId, status }: { agencyId: string; status: string }) =>
  `A#${agencyId}#${status === "closed" ? "closed" : "open"}`;
