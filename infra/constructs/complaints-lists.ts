import {
  agencyFeedKey,
  callsDeskKey,
  claimsDeskKey,
  cohortKey,
  deskKey,
  dueShardKey,
  dueShards,
  frontEndFeedKey,
  type IndexName,
  inboxKey,
  partitions,
  pendingHoursKey,
  pendingRedriveKey,
  pressedDeskKey,
  undeliveredDeskKey,
  visitsDeskKey,
} from "#shared/runtime/keys.ts";

const openInboxes = inboxKey({ agencyId: "*", status: "open" });
const closedInboxes = inboxKey({ agencyId: "*", status: "closed" });
const desks = ["open", "disputed"].map((status) => deskKey({ status, level: "*" }));

/** What of an index, or of the table itself, a role may list: patterns of partition keys. */
export const lists = {
  /** Any agency's complaints and feed: which agency asks is known by its token alone. */
  inboxes: { index: "inbox", to: [openInboxes, closedInboxes, agencyFeedKey("*")] },
  openInboxes: { index: "inbox", to: [openInboxes] },
  agencyFeeds: { index: "inbox", to: [agencyFeedKey("*")] },
  frontEndFeeds: { index: "desk", to: [frontEndFeedKey("*")] },
  desks: { index: "desk", to: desks },
  everyDesk: { index: "desk", to: [...desks, visitsDeskKey, pressedDeskKey, claimsDeskKey("*")] },
  calls: { index: "desk", to: [callsDeskKey] },
  audit: { to: [partitions.audit] },
  undelivered: { index: "desk", to: [undeliveredDeskKey] },
  due: { index: "due", to: Array.from({ length: dueShards }, (_, shard) => dueShardKey(shard)) },
  pendingHours: { index: "due", to: [pendingHoursKey] },
  pendingRedrives: { index: "due", to: [pendingRedriveKey] },
  /** Everything that was ever filed, by keys alone. */
  cohorts: { index: "cohort", to: [cohortKey({ month: "*", shard: "*" })] },
} satisfies Record<string, { index?: IndexName; to: string[] }>;
export type List = keyof typeof lists;
