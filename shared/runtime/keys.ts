/** Every name by which something stored is found, written once: for the code, the constructs that limit a role to it, and the tests. */

/** What partition keys of the complaints table begin with (`…#`), or are. */
export const partitions = {
  /** Everything of one complaint but the identity and the private series. */
  complaint: "C#",
  /** What of a complaint no agency may notice: a partition of its own, so that the agencies' function is held out. */
  confidential: "P#",
  /** What admins set: the hours of a day and a county, or of all. */
  hours: "H",
  /** A front end's filings, counted by the minute. */
  filingCount: "L#",
  /** Events that could not be delivered. */
  undelivered: "U",
  /** What admins ordered to be sent again. */
  redrive: "R",
  /** Where each webhook stands in its feed. */
  webhook: "W",
  /** Addresses that mail came back from. */
  bounced: "B",
  /** Addresses whose readers want no more mail. */
  mailRefused: "D",
  /** How many complaints began to mail an address, counted by the day. */
  mailCounts: "M#",
  /** How many identities each inspector has read. */
  identityReads: "I",
  /** What admins and inspectors did that is no move. */
  audit: "Z",
  /** Figures of a closing month while its complaints are counted, a piece at a time. */
  counting: "S#run#",
  /** The published tables of a period. */
  published: "S#published#",
  /** The published counts of all agencies in a quarter, by which citizens are drawn to be called. */
  agencyCounts: "S#agencies",
  /** An agency's own figures, exactly. */
  ownFigures: "S#own#",
  /** The months of which every agency has its own figures. */
  ownFiguresMade: "S#owned",
  /** Which months are closed, and what closed with them: what is not named here is not published. */
  closed: "S#closed",
  /** What waited for an answer on a month's first morning, as published. */
  waiting: "S#now",
  /** How far complaints were walked through for what is to be forgotten, and how much was. */
  erasure: "G",
} as const;

/** The table's indexes. Each has a partition key of its own name, and a sort key named after it, such as `inboxAt`. */
export const indexes = ["inbox", "due", "desk", "cohort"] as const;
export type IndexName = (typeof indexes)[number];
/** Those that hold no more of an item than its keys. */
export const keysOnlyIndexes: readonly IndexName[] = ["cohort"];
export const sortAttributeOf = <I extends IndexName>(index: I) => `${index}At` as const;

export const confidentialLogKey = (id: string) => `${partitions.confidential}${id}`;
export const complaintKey = (id: string) => `${partitions.complaint}${id}`;
export const mailCountKey = (mark: string) => `${partitions.mailCounts}${mark}`;
export const filingCountKey = (clientId: string) => `${partitions.filingCount}${clientId}`;

export const headKey = "HEAD";
export const narrativeKey = "TEXT";
/** What the sort key of every event begins with; the stream's reader is told of no other item. */
export const eventPrefix = "E#";
/** Six digits, so that events sort by number. */
const paddedNumber = (version: number) => String(version).padStart(6, "0");
/** What the sort keys of a private series' events lie between. */
export const confidentialEntryKeys = { first: paddedNumber(0), last: "999999" };
export const eventKey = (version: number) => `${eventPrefix}${paddedNumber(version)}`;
/** A transfer is told to two agencies: its second entry, in the feed of the one that gave the complaint away. */
export const previousAgencyEntryPrefix = "T#";
export const previousAgencyEntryKey = (version: number) => `${previousAgencyEntryPrefix}${paddedNumber(version)}`;
/** Small letters sort behind all other sort keys, so that a query can leave spent keys out: anybody can make many. */
export const idempotencyRecordPrefix = "k#";
export const idempotencyRecordKey = (mac: string) => `${idempotencyRecordPrefix}${mac}`;
/** In a private series: its events by number, and beside them visits. */
export const confidentialEntryKey = (number: number) => paddedNumber(number);
export const isConfidentialEntryKey = (sk: string) => /^\d{6}$/.test(sk);
export const visitKey = (visitId: string) => `V#${visitId}`;
export const attachmentKey = (attachmentId: string) => `F#${attachmentId}`;
/** How many files of a complaint were announced. */
export const announcedKey = "ANNOUNCED";
/** In a private series, since whether a citizen is mailed is no agency's to know. */
export const sentMailKey = ({ event, role }: { event: string; role: string }) => `N#${event}#${role}`;
export const hoursKey = ({ date, countyId = "*" }: { date: string; countyId?: string | undefined }) =>
  `${date}#${countyId}`;

export const countingKey = ({ closing, rules }: { closing: string; rules: string }) =>
  `${partitions.counting}${closing}#${rules}`;
export const countingUnitPrefix = ({ month, shard }: { month: string; shard: number }) => `${month}#${shard}#`;
export const segmentKey = ({ number, ...unit }: { month: string; shard: number; number: number }) =>
  `${countingUnitPrefix(unit)}${paddedNumber(number)}`;
export const sumPrefix = (month: string) => `sum#${month}#`;
export const sumKey = ({ month, shard, number }: { month: string; shard: number; number: number }) =>
  `${sumPrefix(month)}${shard}#${paddedNumber(number)}`;
type PeriodAndEdition = { period: { kind: string; name: string }; edition: string };
export const publishedKey = ({ period: { kind, name } }: Pick<PeriodAndEdition, "period">) =>
  `${partitions.published}${kind}#${name}`;
export const agencyFiguresKey = (agencyId: string) => `${partitions.ownFigures}${agencyId}`;
/** What was computed together stands under one edition: a run that did not get to its end leaves no part in another's. */
export const editionPrefix = (edition: string, table = "") => `${edition}#${table && `${table}#`}`;
export const portionKey = ({ number, edition, table }: { number: number; edition: string; table?: string }) =>
  `${editionPrefix(edition, table)}${paddedNumber(number)}`;
export const periodKey = ({ period: { name }, edition }: PeriodAndEdition) => `${name}#${edition}`;

/** Reads a complaint's id and an event's number from the keys of an item; undefined where they are no event's keys. */
export function parseEventKey({ pk, sk }: { pk: string; sk: string }): { id: string; version: number } | undefined {
  const [id, version] = [pk.slice(partitions.complaint.length), sk.slice(eventPrefix.length)];
  const isEvent = pk === complaintKey(id) && sk === eventKey(Number(version)) && /^[A-Z0-9-]+$/.test(id);
  return isEvent ? { id, version: Number(version) } : undefined;
}

export const retentionKeys = {
  /** Which tables are known to follow the orders that are kept outside of them. */
  orders: "orders",
  scans: "walk#",
  scan: ({ kind, month }: { kind: string; month: string }) => `walk#${kind}#${month}`,
  /** A day has several, or one would be in the way of all that is forgotten at once; together they are its count. */
  ledger: ({ date, id }: { date: string; id: string }) => `ledger#${date}#${shardOf(id, 32)}`,
};

/** In the index `inbox`: an agency's complaints, soonest due first. */
export const inboxKey = ({ agencyId, status }: { agencyId: string; status: string }) =>
  `A#${agencyId}#${status === "closed" ? "closed" : "open"}`;
/** In the index `inbox`: every event an agency was told, by time. */
export const agencyFeedKey = (agencyId: string) => `A#${agencyId}#events`;
/** In the index `desk`: every event a front end is told of what it filed, by time. */
export const frontEndFeedKey = (clientId: string) => `F#${clientId}`;
/** By time, and by number where the time is the same. */
export const feedSortKey = ({ at, version }: { at: string; version: number }) => `${at}#${paddedNumber(version)}`;
/** In the index `desk`: complaints that somebody above the agency must look at, by how far they have climbed. */
export const workQueueKey = ({ status, level }: { status: string; level: number | "*" }) =>
  `${status === "disputed" ? "disputed" : "open"}#${level}`;
/** In the index `desk`: visits that were ordered and not reported. */
export const visitsWorkQueueKey = "visits";
/** In the index `desk`: complaints whose citizens say that somebody pressed them to accept or withdraw, by when. */
export const pressedWorkQueueKey = "pressed";
/** In a private series: that its complaint is on that desk. */
export const pressedKey = "DESK#pressed";
/** In a private series: which inspector works on its complaint. */
export const claimKey = "CLAIM";
/** In the index `desk`: what an inspector works on, by since when. */
export const claimsWorkQueueKey = (person: string) => `claims#${person}`;
/** In a private series: that its complaint was drawn to be called. */
export const callKey = "CALL";
/** In the index `desk`: drawn complaints, by when calling them is over. */
export const callsWorkQueueKey = "callbacks";
/** In the index `desk`: undelivered events that have not been sent again yet. */
export const undeliveredWorkQueueKey = "undelivered";

/** Some number below `shards`, always the same for an id. */
const shardOf = (id: string, shards: number) => [...id].reduce((sum, symbol) => sum + symbol.charCodeAt(0), 0) % shards;

/** In the index `cohort`: everything that was filed in an Iranian month, spread like what is due. */
export const cohortShards = 8;
export const cohortKey = ({ month, shard }: { month: string; shard: number | "*" }) => `${month}#${shard}`;
export const cohortShard = (id: string) => shardOf(id, cohortShards);

/** The index `due` is spread over some partitions: one alone would take every write of a province. */
export const dueShards = 4;
export const dueShardKey = (shard: number) => `DUE#${shard}`;
export const dueKey = (id: string) => dueShardKey(shardOf(id, dueShards));
/** In the index `due`: orders that are not carried out yet. */
export const pendingRedriveKey = "DUE#redrive";
/** In the index `due`: changed hours that deadlines have yet to follow. */
export const pendingHoursKey = "DUE#hours";

/** Copies of identities that agencies may see have keys of their own, so that the agencies' function is held to them. */
export const sharedIdentityPrefix = "shared#";
export const sharedIdentityKey = ({ id, agencyId }: { id: string; agencyId: string }) =>
  `${sharedIdentityPrefix}${agencyId}#${id}`;

/** Copies for whoever calls citizens, of those who were drawn, so that their function is held to these. */
export const callContactPrefix = "callee#";
export const callContactKey = (id: string) => `${callContactPrefix}${id}`;

/** Folders of the attachments' bucket. */
export const bucketFolders = {
  /** What citizens send, as it comes. Deleted after a day; of our functions only the one that cleans reads it. */
  uploads: "uploads/",
  /** That a file was opened to be cleaned, once for each time: one that ends its cleaner is not opened for ever. */
  attempts: "attempts/",
  /** Clean copies, which alone are served. */
  clean: "clean/",
  /** What became of each upload. */
  verdicts: "verdicts/",
  /** What was ordered of complaints and a table that is restored would not know: holds, erasures, consents taken back, calls ended. */
  orders: "orders/",
} as const;

/** In the bucket of the public page: which files are the site, and the files, in a folder for each time it was made. */
export const siteObjectKeys = { current: "standing.json", editions: "editions/" } as const;

/** What every agency's queue name starts with. Names are built, not referred to, so that no stack depends on another. */
export const agencyQueuePrefix = (provinceId: string) => `foad-${provinceId}-agency-`;
/** What its name ends with, after that prefix. */
export const agencyQueueEnding = (agencyId: string) => `${agencyId}.fifo`;
export const deadLetterQueueEnding = (agencyId: string) => `${agencyId}-dlq.fifo`;
export const agencyQueueName = ({ provinceId, agencyId }: { provinceId: string; agencyId: string }) =>
  `${agencyQueuePrefix(provinceId)}${agencyQueueEnding(agencyId)}`;
export const deadLetterQueueName = ({ provinceId, agencyId }: Parameters<typeof agencyQueueName>[0]) =>
  `${agencyQueuePrefix(provinceId)}${deadLetterQueueEnding(agencyId)}`;
