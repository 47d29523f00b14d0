import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { patience } from "../runtime/patience.ts";

/** Four tries end before a function's ten seconds do. */
const client = new DynamoDBClient({ requestHandler: patience(2_000), maxAttempts: 4 });

export const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

export const headKey = "HEAD";
export const textKey = "TEXT";

/** The partition that holds everything of one complaint but the identity. */
export const complaintKey = (id: string) => `C#${id}`;
/** Six digits, so that events sort by number. */
export const eventKey = (version: number) => `E#${String(version).padStart(6, "0")}`;
export const spentKey = (mac: string) => `K#${mac}`;
export const visitKey = (visitId: string) => `V#${visitId}`;
export const attachmentKey = (attachmentId: string) => `F#${attachmentId}`;
export const noticeKey = ({ version, role }: { version: number; role: string }) => `N#${version}#${role}`;
/** The partition of addresses that are not mailed any more. */
export const parkedPartition = "B";
/** The partition of what admins set, a day and a county (or all of them) each. */
export const hoursPartition = "H";
export const hoursKey = ({ date, countyId = "*" }: { date: string; countyId?: string | undefined }) =>
  `${date}#${countyId}`;
/** The partition of a front end's filings, counted by the minute. */
export const filingCountPartition = (clientId: string) => `L#${clientId}`;
/** The partition of events that could not be delivered. */
export const undeliveredPartition = "U";
/** Those that have not been sent again yet, in the index of desks. */
export const undeliveredDeskKey = "undelivered";
/** The partition of what admins ordered to be sent again. */
export const redrivePartition = "R";
/** Stands in the index of what is due: orders that are not carried out yet. */
export const pendingRedriveKey = "DUE#redrive";
/** Stands in the index of what is due beside the complaints: changed hours that deadlines have yet to follow. */
export const pendingHoursKey = "DUE#hours";
/** Every event an agency was told, by time, in the index of its inbox. */
export const agencyFeedKey = (agencyId: string) => `A#${agencyId}#events`;
/** Every event a front end is told of what it filed, by time, in the index of desks. */
export const frontEndFeedKey = (clientId: string) => `F#${clientId}`;
/** The second entry of an event that two agencies are told. */
export const giverEntryKey = (version: number) => `T#${String(version).padStart(6, "0")}`;
/** By time, and by number where the time is the same. */
export const feedPlace = ({ at, version }: { at: string; version: number }) =>
  `${at}#${String(version).padStart(6, "0")}`;
/** Visits that were ordered and not reported. */
export const visitsDeskKey = "visits";
/** Open complaints that somebody above the agency must look at, by how far they have climbed. */
export const deskKey = ({ status, level }: { status: string; level: number }) =>
  `${status === "disputed" ? "disputed" : "open"}#${level}`;
export const inboxKey = ({ agencyId, status }: { agencyId: string; status: string }) =>
  `A#${agencyId}#${status === "closed" ? "closed" : "open"}`;

/** The index of what is due is spread, or one partition would take every write of a province. */
export const dueShards = 4;
export const dueShardKey = (shard: number) => `DUE#${shard}`;
export const dueKey = (id: string) =>
  dueShardKey([...id].reduce((sum, symbol) => sum + symbol.charCodeAt(0), 0) % dueShards);
