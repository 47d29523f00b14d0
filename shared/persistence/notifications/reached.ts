import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { env } from "#shared/runtime/environment.ts";
import { confidentialLogKey, reachedKey } from "#shared/runtime/keys.ts";
import { table } from "../table.ts";

type Reached = {
  complaintId: string;
  /** The way on which a notice reached the citizen. */
  by: "sms";
  /** When it was known to have reached the citizen. */
  at: string;
};

/**
 * Records that a notice of the answer reached the citizen. It stands in the partition of the confidential log: an agency's
 * function must not see it. A later notice replaces an earlier one, so that a reader can compare `at` with the last answer.
 */
export async function recordReached({ complaintId, by, at }: Reached): Promise<void> {
  const Item = { pk: confidentialLogKey(complaintId), sk: reachedKey(by), at };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}
