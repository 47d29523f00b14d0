/**
 * The keys of everything that is stored, and the names of queues. The code, the constructs that limit a role to some keys,
 * and the tests use the same ones.
 */

/** Partition keys of the complaints table. Those that end with `#` are prefixes. */
export const partitions = {
  /** All items of one complaint, except its identity and its confidential log. */
  complaint: "COMPLAINT#",
  /** The confidential log of a complaint. A partition of its own, so that IAM can deny it to the agencies' function. */
  confidential: "CONFIDENTIAL#",
  /** Office hours that admins set: for a day, in a county or the whole province. */
  hours: "HOURS",
  /** A front end's count of filings in each minute. */
  filingCount: "FILING-COUNT#",
  /** Events that could not be delivered. */
  undelivered: "UNDELIVERED",
  /** Admins' orders to send events again. */
  redrive: "REDRIVE",
  /** Webhook subscriptions, with their position in the feed. */
  webhook: "WEBHOOK",
  /** Digests of addresses whose mail bounced. */
  bounced: "BOUNCED",
  /** Digests of addresses whose owners refuse mail. */
  unsubscribed: "UNSUBSCRIBED",
  /** The officials who were mailed about a late complaint within the hour, and what waits for their next mail. */
  lateMails: "LATE-MAILS",
  /** How many new complaints mail an address, for each day. */
  mailCounts: "MAIL-COUNT#",
  /** How far the sender of messages is: the run under way, and how many messages each front end has used in a month. */
  sms: "SMS",
  /** The messages of a day in Tehran, several in one item, with what became of each. */
  smsBatches: "SMS-BATCH#",
  /** News that stands in no feed and that a citizen gets a message about, by time. */
  smsNews: "SMS-NEWS",
  /** How many identities each inspector, and how many phones the call centre has read. */
  identityReads: "IDENTITY-READS",
  /** All items of one notice to an employee, except the employee's name. */
  notices: "NOTICE#",
  /** The state, the events and the orders of one issue. */
  issues: "ISSUE#",
  /** The complaints that were linked to an issue. A partition of its own, so that IAM can deny it to the public's function. */
  issueLinks: "ISSUE-LINKS#",
  /** The rounds of calls about an issue, and how many citizens answered yes and no. One function alone reads the counts. */
  issueCalls: "ISSUE-CALLS#",
  /** The visits that found an issue mended. A partition of its own, so that IAM can deny it to all but inspectors. */
  issueVisits: "ISSUE-VISITS#",
  /** The roles of officials, by the `sub` of their tokens. Their names stand in the identities table. */
  people: "PEOPLE",
  /** The audit: actions of admins and inspectors that are no moves. */
  audit: "AUDIT",
  /** The counts of a closing month, while its complaints are counted segment by segment. */
  counting: "STATISTICS#counting#",
  /** The published tables of a period. */
  published: "STATISTICS#published#",
  /** The published count of each agency in a quarter. It sets the probability that a citizen is drawn to be called. */
  agencyCounts: "STATISTICS#agency-counts",
  /** An agency's own figures, not rounded. */
  ownFigures: "STATISTICS#agency-figures#",
  /** The months in which every agency has its own figures. */
  ownFiguresMade: "STATISTICS#agency-figures-done",
  /** The counts of each agency in a closed week, by county. */
  agencyWeeks: "STATISTICS#agency-weeks",
  /** The weeks in which every agency has its counts. */
  agencyWeeksMade: "STATISTICS#agency-weeks-done",
  /** The counts of each day from which repeated causes are found. */
  dayCounts: "STATISTICS#day-counts",
  /** What arithmetic proposes to inspectors. */
  proposals: "STATISTICS#proposals",
  /** The closed months, with the periods that closed with them. Only periods named here are published. */
  closed: "STATISTICS#closed",
  /** The published count of complaints that waited for an answer on a month's first morning. */
  waiting: "STATISTICS#waiting",
  /** How many entries began to stand in employees' records in each year. */
  recordYears: "STATISTICS#records",
  /** The scans for data that is to be erased, the ledger of erasures, and the progress of retention orders. */
  erasure: "RETENTION",
} as const;

/**
 * The table's indexes. Each has a partition key of its own name, and a sort key named after it, such as `inboxAt`.
 * - `inbox`: an agency's complaints, and its feed.
 * - `due`: complaints and orders that the clock must act on.
 * - `workQueue`: work queues of inspectors, overseers, admins and the call centre, and the feeds of front ends.
 * - `cohort`: the complaints of a month, for figures.
 */
export const indexes = ["inbox", "due", "workQueue", "cohort"] as const;
export type IndexName = (typeof indexes)[number];
/** The indexes that hold only the keys of an item. */
export const keysOnlyIndexes: readonly IndexName[] = ["cohort"];
export const sortAttributeOf = <I extends IndexName>(index: I) => `${index}At` as const;

export const confidentialLogKey = (id: string) => `${partitions.confidential}${id}`;
export const complaintKey = (id: string) => `${partitions.complaint}${id}`;
/** In a notice's partition: its events. The stream delivers none of them, since they have no prefix of an event of a complaint. */
export const noticeEventPrefix = "HISTORY#";
export const noticeEventKey = (version: number) => `${noticeEventPrefix}${String(version).padStart(6, "0")}`;
export const noticeKey = (noticeId: string) => `${partitions.notices}${noticeId}`;
export const mailCountKey = (mark: string) => `${partitions.mailCounts}${mark}`;
export const filingCountKey = (clientId: string) => `${partitions.filingCount}${clientId}`;

export const headKey = "HEAD";
/** The list of the last morning's proposals. */
export const proposalListKey = "LIST";
export const narrativeKey = "NARRATIVE";
/** The prefix of every event's sort key. Of a complaint's partition, the stream delivers only items with this prefix. */
export const eventPrefix = "EVENT#";
/** Six digits, so that events sort by number. */
const paddedNumber = (version: number) => String(version).padStart(6, "0");
/** The sort keys of confidential entries lie between these two. */
export const confidentialEntryKeys = { first: paddedNumber(0), last: "999999" };
/** In a confidential log: the notices of the answer. They sort right after the entries, so one query reads both. */
export const answerNoticePrefix = "ANSWER-NOTICE#";
export const answerNoticeKey = (way: string) => `${answerNoticePrefix}${way}`;
export const isAnswerNoticeKey = (sk: string) => sk.startsWith(answerNoticePrefix);
export const eventKey = (version: number) => `${eventPrefix}${paddedNumber(version)}`;
/** A transfer is delivered to two agencies. Its second item, with this prefix, stands in the previous agency's feed. */
export const previousAgencyEntryPrefix = "PREVIOUS-AGENCY#";
export const previousAgencyEntryKey = (version: number) => `${previousAgencyEntryPrefix}${paddedNumber(version)}`;
/** A small letter sorts after all other sort keys, so a query can skip idempotency records: a caller can create many. */
export const idempotencyRecordPrefix = "idempotency#";
export const idempotencyRecordKey = (mac: string) => `${idempotencyRecordPrefix}${mac}`;
/** In a confidential log: its entries, by number. */
export const confidentialEntryKey = (number: number) => paddedNumber(number);
export const isConfidentialEntryKey = (sk: string) => /^\d{6}$/.test(sk);
export const visitKey = (visitId: string) => `VISIT#${visitId}`;
export const attachmentKey = (attachmentId: string) => `ATTACHMENT#${attachmentId}`;
/** The item that lists the promised actions of a complaint for the clock and for inspectors. */
export const promisesKey = "PROMISES";
/** The count of a complaint's announced files. */
export const announcedKey = "ANNOUNCED";
/** In a confidential log: a mail that was sent. No agency may know whether the citizen gets mail. */
export const sentMailKey = ({ event, role }: { event: string; role: string }) => `MAIL#${event}#${role}`;
export const smsCursorKey = "CURSOR";
export const smsBatchesKey = (date: string) => `${partitions.smsBatches}${date}`;
export const smsBatchKey = ({ run, number }: { run: string; number: number }) => `${run}#${paddedNumber(number)}`;
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
export const agencyWeekPrefix = (week: string) => `${week}#`;
export const agencyWeekKey = ({ agencyId, week }: { agencyId: string; week: string }) =>
  `${agencyWeekPrefix(week)}${agencyId}`;
export const agencyFiguresKey = (agencyId: string) => `${partitions.ownFigures}${agencyId}`;
/** Figures of one run have one edition, so the figures of a failed run never mix with those of another. */
export const editionPrefix = (edition: string, table = "") => `${edition}#${table && `${table}#`}`;
export const portionKey = ({ number, edition, table }: { number: number; edition: string; table?: string }) =>
  `${editionPrefix(edition, table)}${paddedNumber(number)}`;
export const periodKey = ({ period: { name }, edition }: PeriodAndEdition) => `${name}#${edition}`;

/** Parses a complaint's id and an event's version from an item's keys; undefined if they are no event's keys. */
export function parseEventKey({ pk, sk }: { pk: string; sk: string }): { id: string; version: number } | undefined {
  const [id, version] = [pk.slice(partitions.complaint.length), sk.slice(eventPrefix.length)];
  const isEvent = pk === complaintKey(id) && sk === eventKey(Number(version)) && /^[A-Z0-9-]+$/.test(id);
  return isEvent ? { id, version: Number(version) } : undefined;
}

export const retentionKeys = {
  /** The names of the tables that follow the retention orders, which are stored outside the tables. */
  orders: "restored-tables",
  scans: "scan#",
  scan: ({ kind, month }: { kind: string; month: string }) => `scan#${kind}#${month}`,
  /** A day has 32 items, whose sum is its count: with one item, erasures at the same time would conflict. */
  ledger: ({ date, id }: { date: string; id: string }) => `erased-count#${date}#${shardOf(id, 32)}`,
};

/** In the index `inbox`: an agency's complaints, the earliest deadline first. */
export const inboxKey = ({ agencyId, status }: { agencyId: string; status: string }) =>
  `AGENCY#${agencyId}#${status === "closed" ? "closed" : "open"}`;
/** In the index `inbox`: the events that are delivered to an agency, by time. */
export const agencyFeedKey = (agencyId: string) => `AGENCY#${agencyId}#events`;
/** In the index `inbox`: an agency's issues, by the time of their opening. */
export const agencyIssuesKey = (agencyId: string) => `AGENCY#${agencyId}#issues`;
/** In the index `workQueue`: the events of the complaints that a front end filed, by time. */
export const frontEndFeedKey = (clientId: string) => `FRONT-END#${clientId}`;
/** Sorts a feed by time, and events of the same time by version. */
export const feedSortKey = ({ at, version }: { at: string; version: number }) => `${at}#${paddedNumber(version)}`;
/** In the index `workQueue`: disputed and escalated complaints, which inspectors and overseers must look at, by level. */
export const workQueueKey = ({ status, level }: { status: string; level: number | "*" }) =>
  `${status === "disputed" ? "disputed" : "open"}#${level}`;
/** In the index `workQueue`: visits that were ordered and are not over. */
export const visitsWorkQueueKey = "visits";
/** In the index `workQueue`: visits that are over, by the Iranian month in which they were planned or ordered. */
export const pastVisitsWorkQueueKey = (month: string) => `visits#${month}`;
/** In the index `workQueue`: complaints whose citizens say that somebody pressured them to accept or withdraw, by time. */
export const pressuredWorkQueueKey = "pressured";
/** In the index `workQueue`: complaints with a promised action, by when inspectors must look at it. Those of the future wait there. */
export const promisesWorkQueueKey = "promises";
/** In a confidential log: the item that puts its complaint on the list of pressured citizens. */
export const pressuredKey = "WORK-QUEUE#pressured";
/** In a confidential log: the inspector who works on the complaint. */
export const claimKey = "CLAIM";
/** In the index `workQueue`: notices to employees that are not settled, by what time does to them next. */
export const noticesWorkQueueKey = "notices";
/** In the index `workQueue`: issues that nobody has verified and that were not given up, by the time of their opening. */
export const openIssuesKey = "issues";
/** In the index `workQueue`: the other issues, by the time of their opening. */
export const pastIssuesKey = "issues#past";
export const issueKey = (issueId: string) => `${partitions.issues}${issueId}`;
export const issueLinksKey = (issueId: string) => `${partitions.issueLinks}${issueId}`;
export const issueVisitsKey = (issueId: string) => `${partitions.issueVisits}${issueId}`;
export const issueVisitKey = ({ reportedAt, person }: { reportedAt: string; person: string }) =>
  `${reportedAt}#${person}`;
export const issueCallsKey = (issueId: string) => `${partitions.issueCalls}${issueId}`;
/** A round of calls, by when the agency said that the issue is mended: how far its list was made, and the counts of its answers. */
export const callRoundKey = (doneAt: string) => `ROUND#${doneAt}`;
export const issueAnswersKey = (doneAt: string) => `COUNTS#${doneAt}`;
/** In an issue's partition: an order of the agency to answer all linked complaints, by the number of its event. */
export const answersOrderKey = (version: number) => `ANSWERS#${paddedNumber(version)}`;
/** In the index `workQueue`: settled notices, by their end. */
export const pastNoticesWorkQueueKey = "notices#past";
/** In the index `workQueue`: settled notices that ended because an inspector or the reviewer was late, by their end. */
export const lateNoticesWorkQueueKey = "notices#late";
/** In the index `inbox`: decided and standing notices to the staff of an agency, by personnel id or employer. */
export const recordsInboxKey = ({ agencyId, employee }: { agencyId: string; employee: string }) =>
  `RECORDS#${agencyId}#${employee}`;
/** In the index `workQueue`: the complaints that an inspector works on, by the time of the claim. */
export const claimsWorkQueueKey = (person: string) => `claims#${person}`;
/** In a confidential log: the item of a complaint whose citizen was drawn to be called. */
export const callKey = "CALL";
/** In a confidential log: the item of a complaint whose citizen is asked whether an issue is mended. */
export const issueCallKey = "ISSUE-CALL";
/** In the index `workQueue`: complaints whose citizens were drawn to be called, by the end of the calling window. */
export const callsWorkQueueKey = "calls";
/** In the index `workQueue`: undelivered events that have not been sent again yet. */
export const undeliveredWorkQueueKey = "undelivered";

/** A number below `shards`, always the same for an id. */
const shardOf = (id: string, shards: number) => [...id].reduce((sum, symbol) => sum + symbol.charCodeAt(0), 0) % shards;

/** In the index `cohort`: all complaints of an Iranian month, spread over shards like the index `due`. */
export const cohortShards = 8;
export const cohortKey = ({ month, shard }: { month: string; shard: number | "*" }) => `${month}#${shard}`;
export const cohortShard = (id: string) => shardOf(id, cohortShards);

/** The index `due` is spread over four partitions: a single one would take every write of a province. */
export const dueShards = 4;
export const dueShardKey = (shard: number) => `DUE#${shard}`;
export const dueKey = (id: string) => dueShardKey(shardOf(id, dueShards));
/** In the index `due`: orders to send events again that are not executed yet. */
export const pendingRedriveKey = "DUE#redrive";
/** In the index `due`: visits, by the deadline of their report. */
export const pendingVisitKey = "DUE#visits";
/** In the index `due`: complaints with a promised action, by the time of the agency's reminder. */
export const pendingPromiseKey = "DUE#promises";
/** In the index `due`: officials for whom late complaints wait to be mailed, by the end of their hour. */
export const pendingLateMailKey = "DUE#mails";
export const lateMailKey = ({ role, place }: { role: string; place: string }) => `${role}#${place}`;
/** In the index `due`: issues, by what time does to them next. */
export const pendingIssueKey = "DUE#issues";
/** In the index `due`: visits that found an issue mended and are not published yet. */
export const pendingIssueVisitKey = "DUE#issue-visits";
/** In the index `due`: orders to answer all complaints of an issue that are not executed yet. */
export const pendingAnswersKey = "DUE#answers";
/** In the index `due`: changed office hours that deadlines must still follow. */
export const pendingHoursKey = "DUE#hours";

/** Copies of identities that agencies may read have their own prefix: IAM limits the agencies' function to it. */
export const sharedIdentityPrefix = "shared#";
export const sharedIdentityKey = ({ id, agencyId }: { id: string; agencyId: string }) =>
  `${sharedIdentityPrefix}${agencyId}#${id}`;

/** Copies of identities for the call centre have their own prefix: IAM limits its function to it. */
export const callContactPrefix = "call#";
export const callContactKey = (id: string) => `${callContactPrefix}${id}`;

/** Phones that get messages have their own prefix: IAM limits the function that sends messages to it. */
export const smsPhonePrefix = "sms#";
export const smsPhoneKey = (id: string) => `${smsPhonePrefix}${id}`;

/** In the identities table: the names of employees to whom notices were given, with a prefix of their own. */
export const employeeNamePrefix = "employee#";
export const employeeNameKey = (noticeId: string) => `${employeeNamePrefix}${noticeId}`;

/** In the identities table: the names of officials, with a prefix of their own. */
export const personNamePrefix = "person#";
export const personNameKey = (sub: string) => `${personNamePrefix}${sub}`;

/** Folders of the attachments' bucket. */
export const bucketFolders = {
  /** Uploads as they arrive, deleted after a day. Of our functions, only the cleaning function reads them. */
  uploads: "uploads/",
  /** One object for each attempt to open an upload: a file that ends the cleaning process is not opened for ever. */
  attempts: "attempts/",
  /** Clean copies: the only files that are served. */
  clean: "clean/",
  /** The cleaning result of each upload. */
  cleaningResults: "cleaning-results/",
  /** Retention orders (holds, erasures, ends of consent and of calls), which a restored table must follow. */
  orders: "retention-orders/",
} as const;

/** In the bucket of the public page: the object that names the current files, and a folder of files for each edition. */
export const siteObjectKeys = { current: "current.json", editions: "editions/" } as const;

/** The start of every agency's queue name. Stacks build the name and do not refer to the queue, so none depends on another. */
export const agencyQueuePrefix = (provinceId: string) => `foad-${provinceId}-agency-`;
/** The end of an agency's queue name, after that prefix. */
export const agencyQueueEnding = (agencyId: string) => `${agencyId}.fifo`;
export const deadLetterQueueEnding = (agencyId: string) => `${agencyId}-dlq.fifo`;
export const agencyQueueName = ({ provinceId, agencyId }: { provinceId: string; agencyId: string }) =>
  `${agencyQueuePrefix(provinceId)}${agencyQueueEnding(agencyId)}`;
export const deadLetterQueueName = ({ provinceId, agencyId }: Parameters<typeof agencyQueueName>[0]) =>
  `${agencyQueuePrefix(provinceId)}${deadLetterQueueEnding(agencyId)}`;
