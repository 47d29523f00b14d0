/**
 * Every name by which something is found again: keys of the tables, places in the bucket, names of queues. Each stands
 * here once, for the code that reads and writes, for the constructs that hold a role to it, and for tests. Knows no client.
 */

/** What the partition keys of the table of complaints begin with, or are. */
export const partitions = {
  /** Everything of one complaint but the identity. */
  complaint: "C#",
  /** What admins set: the hours of a day and a county, or of all. */
  hours: "H",
  /** A front end's filings, counted by the minute. */
  filingCount: "L#",
  /** Events that could not be delivered. */
  undelivered: "U",
  /** What admins ordered to be sent again. */
  redrive: "R",
  /** Addresses that mail came back from. */
  bounced: "B",
} as const;

/** The table's indexes; the sort key of each is named after it, such as `inboxAt`. */
export const indexes = ["inbox", "due", "desk"] as const;
export type IndexName = (typeof indexes)[number];
export const placeIn = <I extends IndexName>(index: I) => `${index}At` as const;

export const complaintKey = (id: string) => `${partitions.complaint}${id}`;
export const filingCountKey = (clientId: string) => `${partitions.filingCount}${clientId}`;

export const headKey = "HEAD";
export const textKey = "TEXT";
/** What the sort key of every event begins with; the stream's reader is told of no other item. */
export const eventPrefix = "E#";
/** Six digits, so that events sort by number. */
const numbered = (version: number) => String(version).padStart(6, "0");
export const eventKey = (version: number) => `${eventPrefix}${numbered(version)}`;
/** The second entry of an event that two agencies are told. */
export const giverEntryKey = (version: number) => `T#${numbered(version)}`;
export const spentKey = (mac: string) => `K#${mac}`;
export const visitKey = (visitId: string) => `V#${visitId}`;
export const attachmentKey = (attachmentId: string) => `F#${attachmentId}`;
export const noticeKey = ({ version, role }: { version: number; role: string }) => `N#${version}#${role}`;
export const hoursKey = ({ date, countyId = "*" }: { date: string; countyId?: string | undefined }) =>
  `${date}#${countyId}`;

/** The complaint and the number of an event that stands at a place of the table; undefined where none should. */
export function readEventPlace({ pk, sk }: { pk: string; sk: string }): { id: string; version: number } | undefined {
  const [id, version] = [pk.slice(partitions.complaint.length), sk.slice(eventPrefix.length)];
  const isEvent = pk === complaintKey(id) && sk === eventKey(Number(version)) && /^[A-Z0-9-]+$/.test(id);
  return isEvent ? { id, version: Number(version) } : undefined;
}

/** In the index `inbox`: an agency's complaints, soonest due first. */
export const inboxKey = ({ agencyId, status }: { agencyId: string; status: string }) =>
  `A#${agencyId}#${status === "closed" ? "closed" : "open"}`;
/** In the index `inbox`: every event an agency was told, by time. */
export const agencyFeedKey = (agencyId: string) => `A#${agencyId}#events`;
/** In the index `desk`: every event a front end is told of what it filed, by time. */
export const frontEndFeedKey = (clientId: string) => `F#${clientId}`;
/** By time, and by number where the time is the same. */
export const feedPlace = ({ at, version }: { at: string; version: number }) => `${at}#${numbered(version)}`;
/** In the index `desk`: open complaints that somebody above the agency must look at, by how far they have climbed. */
export const deskKey = ({ status, level }: { status: string; level: number }) =>
  `${status === "disputed" ? "disputed" : "open"}#${level}`;
/** In the index `desk`: visits that were ordered and not reported. */
export const visitsDeskKey = "visits";
/** In the index `desk`: undelivered events that have not been sent again yet. */
export const undeliveredDeskKey = "undelivered";

/** The index `due` is spread, or one partition would take every write of a province. */
export const dueShards = 4;
export const dueShardKey = (shard: number) => `DUE#${shard}`;
export const dueKey = (id: string) =>
  dueShardKey([...id].reduce((sum, symbol) => sum + symbol.charCodeAt(0), 0) % dueShards);
/** In the index `due`: orders that are not carried out yet. */
export const pendingRedriveKey = "DUE#redrive";
/** In the index `due`: changed hours that deadlines have yet to follow. */
export const pendingHoursKey = "DUE#hours";

/** Identities that the agency may see stand under keys of their own, so that its role can be held to them. */
export const sharedIdentityPrefix = "shared#";
export const identityKey = ({ id, identityShared }: { id: string; identityShared: boolean }) =>
  identityShared ? `${sharedIdentityPrefix}${id}` : id;

/** Folders of the attachments' bucket: what was uploaded and not looked at yet, and what was confirmed. */
export const quarantineFolder = "quarantine/";
export const keptFolder = "kept/";

/** What every agency's queue name starts with; names are built from it, so that no stack refers to another. */
export const agencyQueuePrefix = (provinceId: string) => `foad-${provinceId}-agency-`;
type AgencyQueueName = { provinceId: string; agencyId: string };
export const agencyQueueName = ({ provinceId, agencyId }: AgencyQueueName) =>
  `${agencyQueuePrefix(provinceId)}${agencyId}.fifo`;
export const deadLetterQueueName = ({ provinceId, agencyId }: AgencyQueueName) =>
  `${agencyQueuePrefix(provinceId)}${agencyId}-dlq.fifo`;
