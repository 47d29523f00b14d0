import {
  agencyFeedKey,
  agencyIssuesKey,
  callsWorkQueueKey,
  claimsWorkQueueKey,
  cohortKey,
  dueShardKey,
  dueShards,
  frontEndFeedKey,
  type IndexName,
  inboxKey,
  lateNoticesWorkQueueKey,
  noticesWorkQueueKey,
  openIssuesKey,
  partitions,
  pastIssuesKey,
  pastNoticesWorkQueueKey,
  pastVisitsWorkQueueKey,
  pendingAnswersKey,
  pendingHoursKey,
  pendingIssueKey,
  pendingIssueVisitKey,
  pendingLateMailKey,
  pendingPromiseKey,
  pendingRedriveKey,
  pendingVisitKey,
  pressuredWorkQueueKey,
  promisesWorkQueueKey,
  recordsInboxKey,
  undeliveredWorkQueueKey,
  visitsWorkQueueKey,
  workQueueKey,
} from "#shared/runtime/keys.ts";

const openInboxes = inboxKey({ agencyId: "*", status: "open" });
const closedInboxes = inboxKey({ agencyId: "*", status: "closed" });
const workQueueKeys = ["open", "disputed"].map((status) => workQueueKey({ status, level: "*" }));

/** Lists that a role may query: patterns of partition keys in an index, or in the table itself if no index is named. */
export const indexedLists = {
  /**
   * Complaints and feeds of all agencies. IAM cannot limit this to the calling agency; the function does so by the token.
   */
  inboxes: { index: "inbox", keys: [openInboxes, closedInboxes, agencyFeedKey("*")] },
  openInboxes: { index: "inbox", keys: [openInboxes] },
  agencyFeeds: { index: "inbox", keys: [agencyFeedKey("*")] },
  frontEndFeeds: { index: "workQueue", keys: [frontEndFeedKey("*")] },
  workQueues: { index: "workQueue", keys: workQueueKeys },
  everyWorkQueue: {
    index: "workQueue",
    keys: [
      ...workQueueKeys,
      visitsWorkQueueKey,
      pastVisitsWorkQueueKey("*"),
      pressuredWorkQueueKey,
      promisesWorkQueueKey,
      claimsWorkQueueKey("*"),
    ],
  },
  issues: { index: "workQueue", keys: [openIssuesKey, pastIssuesKey] },
  openIssues: { index: "workQueue", keys: [openIssuesKey] },
  issuesOfAgencies: { index: "inbox", keys: [agencyIssuesKey("*")] },
  notices: { index: "workQueue", keys: [noticesWorkQueueKey] },
  pastNotices: { index: "workQueue", keys: [pastNoticesWorkQueueKey, lateNoticesWorkQueueKey] },
  everyNotice: { index: "workQueue", keys: [noticesWorkQueueKey, pastNoticesWorkQueueKey, lateNoticesWorkQueueKey] },
  lateNotices: { index: "workQueue", keys: [lateNoticesWorkQueueKey] },
  records: { index: "inbox", keys: [recordsInboxKey({ agencyId: "*", employee: "*" })] },
  calls: { index: "workQueue", keys: [callsWorkQueueKey] },
  audit: { keys: [partitions.audit] },
  undelivered: { index: "workQueue", keys: [undeliveredWorkQueueKey] },
  due: { index: "due", keys: Array.from({ length: dueShards }, (_, shard) => dueShardKey(shard)) },
  dueVisits: { index: "due", keys: [pendingVisitKey] },
  duePromises: { index: "due", keys: [pendingPromiseKey] },
  dueIssues: { index: "due", keys: [pendingIssueKey] },
  pendingIssueVisits: { index: "due", keys: [pendingIssueVisitKey] },
  pendingAnswers: { index: "due", keys: [pendingAnswersKey] },
  dueLateMails: { index: "due", keys: [pendingLateMailKey] },
  pendingHours: { index: "due", keys: [pendingHoursKey] },
  pendingRedrives: { index: "due", keys: [pendingRedriveKey] },
  /** The keys of all complaints that were ever filed. */
  cohorts: { index: "cohort", keys: [cohortKey({ month: "*", shard: "*" })] },
} satisfies Record<string, { index?: IndexName; keys: string[] }>;

/** What the sender of messages may read of events in the feeds of front ends, and of a complaint's head: no text. */
export const messagedAttributes = {
  feed: ["workQueue", "workQueueAt", "complaintId", "type", "at", "by", "after"],
  head: ["pk", "sk", "status", "agencyId", "filedBy", "filedAt", "answeredAt"],
};

/** What the functions of feeds may read of a complaint's events, to find one by the id that a front end knows: no text. */
export const foundEventAttributes = ["pk", "sk", ...messagedAttributes.feed, "frontEndEventId", "expiresAt"];
