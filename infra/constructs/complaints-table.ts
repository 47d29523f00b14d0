import { RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
} from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import {
  agencyFeedKey,
  callsWorkQueueKey,
  claimsWorkQueueKey,
  cohortKey,
  dueShardKey,
  dueShards,
  frontEndFeedKey,
  type IndexName,
  inboxKey,
  indexes,
  keysOnlyIndexes,
  partitions,
  pendingHoursKey,
  pendingRedriveKey,
  pressedWorkQueueKey,
  sortAttributeOf,
  undeliveredWorkQueueKey,
  visitsWorkQueueKey,
  workQueueKey,
} from "#shared/runtime/keys.ts";
import type { NetworkSegment } from "./closed-network.ts";
import type { ServiceFunction } from "./service-function.ts";

export const readActions = {
  one: "dynamodb:GetItem",
  several: "dynamodb:BatchGetItem",
  all: "dynamodb:Query",
};
export const writeActions = ["dynamodb:PutItem"];
export const openKeys = [`${partitions.complaint}*`];
export const confidentialKeys = [`${partitions.confidential}*`];

/** How a role reads what it knows by id, and whether it reads the hours by which clocks run. */
export type ReadAccess = { by?: (keyof typeof readActions)[]; hours?: boolean };

export const accessTo = ({ by = ["one", "several", "all"], hours = true }: ReadAccess, keys: string[]) => ({
  actions: by.map((way) => readActions[way]),
  keys: hours ? [...keys, partitions.hours] : keys,
});

export const confidentialWriteKeys = {
  nothing: [],
  private: confidentialKeys,
  audited: [...confidentialKeys, partitions.audit],
  both: [...openKeys, ...confidentialKeys],
};

/**
 * A write may hand back the item that it replaces, deletes or updates, and so be a read: no role's may. A request that
 * asks for nothing back has no such key. IAM has no key for what a failed condition hands back (SECURITY.md).
 */
export const returnsNoValues = { StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" } };

export type TableAccess = { actions: string[]; keys: string[]; index?: IndexName };

const openInboxes = inboxKey({ agencyId: "*", status: "open" });
const closedInboxes = inboxKey({ agencyId: "*", status: "closed" });
const workQueueKeys = ["open", "disputed"].map((status) => workQueueKey({ status, level: "*" }));

/** What of an index, or of the table itself, a role may list: patterns of partition keys. */
export const indexedLists = {
  /** Any agency's complaints and feed: which agency asks is known by its token alone. */
  inboxes: { index: "inbox", keys: [openInboxes, closedInboxes, agencyFeedKey("*")] },
  openInboxes: { index: "inbox", keys: [openInboxes] },
  agencyFeeds: { index: "inbox", keys: [agencyFeedKey("*")] },
  frontEndFeeds: { index: "desk", keys: [frontEndFeedKey("*")] },
  workQueues: { index: "desk", keys: workQueueKeys },
  everyWorkQueue: {
    index: "desk",
    keys: [...workQueueKeys, visitsWorkQueueKey, pressedWorkQueueKey, claimsWorkQueueKey("*")],
  },
  calls: { index: "desk", keys: [callsWorkQueueKey] },
  audit: { keys: [partitions.audit] },
  undelivered: { index: "desk", keys: [undeliveredWorkQueueKey] },
  due: { index: "due", keys: Array.from({ length: dueShards }, (_, shard) => dueShardKey(shard)) },
  pendingHours: { index: "due", keys: [pendingHoursKey] },
  pendingRedrives: { index: "due", keys: [pendingRedriveKey] },
  /** Everything that was ever filed, by keys alone. */
  cohorts: { index: "cohort", keys: [cohortKey({ month: "*", shard: "*" })] },
} satisfies Record<string, { index?: IndexName; keys: string[] }>;
export type IndexedList = keyof typeof indexedLists;

export type RestoredTable = NonNullable<Province["tables"]["complaints"]>;

/** The table that the stack makes. */
export function createTable(scope: Construct): Table {
  const table = new Table(scope, "Table", {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    stream: StreamViewType.NEW_IMAGE,
    timeToLiveAttribute: "expiresAt",
  });
  for (const indexName of indexes)
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: indexName, type: AttributeType.STRING },
      sortKey: { name: sortAttributeOf(indexName), type: AttributeType.STRING },
      projectionType: keysOnlyIndexes.includes(indexName) ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
    });
  return table;
}

/** One that was restored is no resource of the stack; that which it replaces stays, if it is still there. */
export function importRestoredTable(scope: Construct, { name, stream }: RestoredTable): ITable {
  const tableArn = Stack.of(scope).formatArn({ service: "dynamodb", resource: "table", resourceName: name });
  return Table.fromTableAttributes(scope, "Table", { tableArn, tableStreamArn: `${tableArn}/stream/${stream}` });
}

/**
 * Every complaint with its events, in one table. No function may scan it, and one alone delete of it.
 * Every role is held to the partitions that it needs.
 */
export class ComplaintsTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, { restored }: { restored: RestoredTable | undefined }) {
    super(scope, id);
    this.table = restored ? importRestoredTable(this, restored) : createTable(this);
  }

  /** Lets a part of the network reach the table, by the actions that roles in it may have. */
  allowThrough({ allowOutbound }: NetworkSegment): void {
    const { tableArn } = this.table;
    allowOutbound({
      actions: [...Object.values(readActions), ...writeActions],
      resources: [tableArn, `${tableArn}/index/*`],
    });
  }

  /** Reads complaints it knows by id, and the hours by which their clocks run. */
  grantRead(fn: ServiceFunction, reads: ReadAccess = {}): void {
    this.grantAccess(fn, accessTo(reads, openKeys));
  }

  /** Reads and writes complaints it knows by id. */
  grantWrite(fn: ServiceFunction, reads: ReadAccess = {}): void {
    this.grantRead(fn, reads);
    this.grantAccess(fn, { actions: writeActions, keys: openKeys });
  }

  /**
   * Reads private series as well, which no agency's function may, and adds to what `adds` names. In one statement, since
   * IAM may hold all keys of a request against each: two would refuse a request for both kinds.
   */
  grantConfidential(
    fn: ServiceFunction,
    { adds = "both", ...reads }: ReadAccess & { adds?: keyof typeof confidentialWriteKeys } = {},
  ): void {
    this.grantAccess(fn, accessTo(reads, confidentialWriteKeys.both));
    if (adds !== "nothing") this.grantAccess(fn, { actions: writeActions, keys: confidentialWriteKeys[adds] });
  }

  /** Reads and writes office hours. */
  grantWriteHours(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: ["dynamodb:Query", ...writeActions], keys: [partitions.hours] });
  }

  /** Reads office hours. */
  grantReadHours(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.all], keys: [partitions.hours] });
  }

  /** Counts the identities that inspectors read, and the phones that the call centre lists. */
  grantCountIdentityReads(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: ["dynamodb:GetItem", ...writeActions], keys: [partitions.identityReads] });
  }

  /** An admin's: hours, limits and what is sent again, each change noted in the audit. It sees no complaint. */
  grantAdministration(fn: ServiceFunction): void {
    const { hours, identityReads, redrive, audit } = partitions;
    this.grantAccess(fn, { actions: [readActions.all], keys: [hours, identityReads] });
    this.grantAccess(fn, { actions: [readActions.one], keys: [identityReads, redrive] });
    this.grantAccess(fn, { actions: writeActions, keys: [hours, identityReads, redrive, audit] });
    for (const list of ["undelivered", "audit"] as const) this.grantList(fn, list);
  }

  /** Reads events to send again, from every feed; writes only orders and which events are undelivered. */
  grantRedrive(fn: ServiceFunction): void {
    const own = [partitions.undelivered, partitions.redrive];
    const read = [...openKeys, ...confidentialKeys, ...own];
    this.grantAccess(fn, { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], keys: read });
    this.grantAccess(fn, { actions: writeActions, keys: own });
    for (const list of ["agencyFeeds", "frontEndFeeds", "undelivered", "pendingRedrives"] as const)
      this.grantList(fn, list);
  }

  /** Reads the feeds of agencies and front ends, and writes only how far each webhook is in its own. */
  grantWebhookDelivery(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.several], keys: openKeys });
    this.grantAccess(fn, { actions: [readActions.all, ...writeActions], keys: [partitions.webhook] });
    for (const list of ["agencyFeeds", "frontEndFeeds"] as const) this.grantList(fn, list);
  }

  /** Resumes the webhook of whoever calls: whose that is, is known by the token alone. */
  grantResumeOwnWebhook(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one, ...writeActions], keys: [partitions.webhook] });
  }

  /** Reads how far webhooks are, resumes them, hands their secrets over, and notes that. */
  grantManageWebhooks(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one, readActions.all], keys: [partitions.webhook] });
    this.grantAccess(fn, { actions: writeActions, keys: [partitions.webhook, partitions.audit] });
  }

  /** Counts every complaint of a cohort by its events, and what waits for an answer; publishes both. */
  grantCounting(fn: ServiceFunction): void {
    const { counting, published, agencyCounts, closed, waiting } = partitions;
    this.grantAccess(fn, accessTo({ by: ["all"] }, [...openKeys, ...confidentialKeys, `${counting}*`, closed]));
    this.grantAccess(fn, { actions: [readActions.one], keys: [waiting] });
    this.grantAccess(fn, {
      actions: writeActions,
      keys: [`${counting}*`, `${published}*`, agencyCounts, closed, waiting],
    });
    for (const list of ["cohorts", "openInboxes"] as const) this.grantList(fn, list);
  }

  /** Makes agencies' own figures: of complaints it may list the agencies' feeds alone, so they hold nothing else. */
  grantMakeAgencyFigures(fn: ServiceFunction): void {
    const { ownFigures, ownFiguresMade } = partitions;
    this.grantReadHours(fn);
    this.grantReadAgencyFigures(fn);
    this.grantAccess(fn, { actions: writeActions, keys: [`${ownFigures}*`, ownFiguresMade] });
    this.grantList(fn, "agencyFeeds");
  }

  /** Walks through all that was ever filed, and forgets what is kept no longer: the only function that may delete. */
  grantErasure(fn: ServiceFunction): void {
    const { closed, erasure, undelivered } = partitions;
    this.grantAccess(
      fn,
      accessTo({ by: ["one", "all"], hours: false }, [...openKeys, ...confidentialKeys, closed, erasure]),
    );
    // The note and the ledger's count are one transaction, of which IAM may hold each part to the keys of all.
    const actions = [...writeActions, "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
    this.grantAccess(fn, { actions, keys: [...openKeys, ...confidentialKeys, erasure, undelivered] });
    this.grantList(fn, "cohorts");
  }

  /** Files: writes complaints, together with whom they begin to mail, and counts what each front end files. */
  grantFiling(fn: ServiceFunction): void {
    const mailBegun = `${partitions.mailCounts}*`;
    this.grantAccess(fn, accessTo({ by: ["one"], hours: false }, [...openKeys, mailBegun]));
    this.grantAccess(fn, { actions: [readActions.all], keys: [partitions.hours] });
    this.grantAccess(fn, { actions: writeActions, keys: [...openKeys, ...confidentialKeys, mailBegun] });
    this.grantAccess(fn, {
      actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
      keys: [`${partitions.filingCount}*`],
    });
  }

  /** Reads what a mail is about and whether its reader wants it; notes that it was sent, or that SES refused its address. */
  grantMailing(fn: ServiceFunction): void {
    const recordKeys = [...confidentialKeys, partitions.bounced];
    const known = [...openKeys, ...recordKeys, partitions.mailRefused];
    this.grantAccess(fn, { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], keys: known });
    this.grantAccess(fn, { actions: writeActions, keys: recordKeys });
  }

  /** Reads the published counts of agencies in each closed quarter. */
  grantReadAgencyCounts(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [partitions.agencyCounts, partitions.closed] });
  }

  /** Reads what is published, and nothing that it was made of. */
  grantReadPublished(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.all], keys: [`${partitions.published}*`, partitions.closed] });
  }

  /** Reads what waited on the first morning of a month, as published. */
  grantReadWaiting(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [partitions.waiting] });
  }

  /** Reads agencies' exact figures of their own work: which agency asks is known by its token alone. */
  grantReadAgencyFigures(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [`${partitions.ownFigures}*`] });
    this.grantAccess(fn, { actions: [readActions.all], keys: [partitions.ownFiguresMade] });
  }

  /** Notes one kind of thing, and reads nothing: undelivered events, addresses that mail came back from, whose readers want no more. */
  grantRecord(fn: ServiceFunction, what: "undelivered" | "bounced" | "mailRefused"): void {
    this.grantAccess(fn, { actions: writeActions, keys: [partitions[what]] });
  }

  grantList(fn: ServiceFunction, list: IndexedList): void {
    this.grantAccess(fn, { actions: ["dynamodb:Query"], ...indexedLists[list] });
  }

  /** Holds the role to partitions: their keys, or patterns of keys. */
  private grantAccess(fn: ServiceFunction, { actions, keys, index }: TableAccess): void {
    const { tableArn, tableName } = this.table;
    const conditions = {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys },
      // `ForAllValues` is also met where a request names no keys, so it must name some.
      Null: { "dynamodb:LeadingKeys": "false" },
      ...returnsNoValues,
    };
    const resources = [index ? `${tableArn}/index/${index}` : tableArn];
    fn.grant({ name: "COMPLAINTS_TABLE", value: tableName, actions, resources, conditions });
  }
}
