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
import { type IndexName, indexes, keysOnlyIndexes, partitions, sortAttributeOf } from "#shared/runtime/keys.ts";
import type { NetworkSegment } from "./closed-network.ts";
import { foundEventAttributes, indexedLists, messagedAttributes } from "./indexed-lists.ts";
import type { ServiceFunction } from "./service-function.ts";

/** The ways in which items are read, each with its action. */
export const readActions = {
  one: "dynamodb:GetItem",
  several: "dynamodb:BatchGetItem",
  all: "dynamodb:Query",
};
export const writeActions = ["dynamodb:PutItem"];
const openKeys = [`${partitions.complaint}*`];
const issueKeys = [`${partitions.issues}*`];
const confidentialKeys = [`${partitions.confidential}*`];

/**
 * How a role reads complaints whose ids it knows (`by`), and whether it also reads office hours (`hours`), which deadlines
 * depend on.
 */
type ReadAccess = { by?: (keyof typeof readActions)[]; hours?: boolean };

const accessTo = ({ by = ["one", "several", "all"], hours = true }: ReadAccess, keys: string[]) => ({
  actions: by.map((way) => readActions[way]),
  keys: hours ? [...keys, partitions.hours] : keys,
});

const confidentialWriteKeys = {
  nothing: [],
  private: confidentialKeys,
  audited: [...confidentialKeys, partitions.audit],
  counted: [...confidentialKeys, `${partitions.mailCounts}*`],
  both: [...openKeys, ...confidentialKeys],
  agreement: [...confidentialKeys, `${partitions.notices}*`],
  decision: [...openKeys, ...confidentialKeys, `${partitions.notices}*`],
  notices: [...confidentialKeys, `${partitions.notices}*`, partitions.audit, partitions.smsNews],
  noticeClock: [...confidentialKeys, `${partitions.notices}*`, partitions.smsNews],
  renewal: [...openKeys, ...confidentialKeys, partitions.audit, partitions.smsNews],
};

/**
 * With `ReturnValues` a write returns the item that it changes, and so becomes a read. This condition forbids that to every
 * role. A request without `ReturnValues` does not have the key, hence `IfExists`. IAM has no key for
 * `ReturnValuesOnConditionCheckFailure` (SECURITY.md).
 */
export const returnsNoValues = { StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" } };

/** `attributes`: only these may be read. IAM can limit queries alone to some attributes. */
type TableAccess = { actions: string[]; keys: string[]; index?: IndexName; attributes?: string[] };

type RestoredTable = NonNullable<Province["tables"]["complaints"]>;

function createTable(scope: Construct): Table {
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

/**
 * Refers to a table that was restored from a backup. The stack does not manage it. The table that it replaces stays, if it
 * still exists.
 */
function importRestoredTable(scope: Construct, { name, streamLabel: stream }: RestoredTable): ITable {
  const tableArn = Stack.of(scope).formatArn({ service: "dynamodb", resource: "table", resourceName: name });
  return Table.fromTableAttributes(scope, "Table", { tableArn, tableStreamArn: `${tableArn}/stream/${stream}` });
}

/**
 * The table of all complaints and their events. No function may scan it, and only one may delete from it. Each role may use
 * only the partitions that it needs.
 */
export class ComplaintsTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, { restored }: { restored: RestoredTable | undefined }) {
    super(scope, id);
    this.table = restored ? importRestoredTable(this, restored) : createTable(this);
  }

  /** Lets a network segment reach the table, for reads and writes. */
  allowThrough({ allowOutbound }: NetworkSegment): void {
    const { tableArn } = this.table;
    allowOutbound({
      actions: [...Object.values(readActions), ...writeActions],
      resources: [tableArn, `${tableArn}/index/*`],
    });
  }

  /** Lets `fn` read complaints whose ids it knows, and the office hours that deadlines depend on. */
  grantRead(fn: ServiceFunction, reads: ReadAccess = {}): void {
    this.grantAccess(fn, accessTo(reads, openKeys));
  }

  /** Lets `fn` read and write complaints whose ids it knows. */
  grantWrite(fn: ServiceFunction, reads: ReadAccess = {}): void {
    this.grantRead(fn, reads);
    this.grantAccess(fn, { actions: writeActions, keys: openKeys });
  }

  /**
   * Lets `fn` read complaints and their confidential logs, which no agency's function may read, and write to the partitions
   * that `adds` names. Both kinds of keys are in one statement: IAM compares all keys of a request with each statement, so
   * two statements would refuse a request for both kinds.
   */
  grantConfidential(
    fn: ServiceFunction,
    { adds = "both", ...reads }: ReadAccess & { adds?: keyof typeof confidentialWriteKeys } = {},
  ): void {
    this.grantAccess(fn, accessTo(reads, confidentialWriteKeys.both));
    if (adds !== "nothing") this.grantAccess(fn, { actions: writeActions, keys: confidentialWriteKeys[adds] });
  }

  /** Lets `fn` take an event out of the index `due`, once the agency was reminded of its promises. */
  grantUnlistReminders(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: ["dynamodb:UpdateItem"], keys: openKeys });
  }

  /** Lets `fn` change notices to employees together with confidential logs, or with complaints too. */
  grantWriteNotices(fn: ServiceFunction, adds: "agreement" | "decision"): void {
    this.grantAccess(fn, { actions: writeActions, keys: confidentialWriteKeys[adds] });
  }

  /** Lets `fn` read who has which role. */
  grantListPeople(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.all], keys: [partitions.people] });
  }

  grantWriteHours(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: ["dynamodb:Query", ...writeActions], keys: [partitions.hours] });
  }

  grantReadHours(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.all], keys: [partitions.hours] });
  }

  /** Lets `fn` read which roles a person has. */
  grantReadPeople(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [partitions.people] });
  }

  /** Lets `fn` count identity reads by inspectors, and phone numbers that the call centre reads. */
  grantCountIdentityReads(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: ["dynamodb:GetItem", ...writeActions], keys: [partitions.identityReads] });
  }

  /**
   * Lets the admin's function change office hours, reset identity limits, order redrives and register people, and record each
   * change in the audit log. It cannot read complaints.
   */
  grantAdministration(fn: ServiceFunction): void {
    const { hours, identityReads, people, redrive, audit } = partitions;
    this.grantAccess(fn, { actions: [readActions.all], keys: [hours, identityReads, people] });
    this.grantAccess(fn, { actions: [readActions.one], keys: [identityReads, redrive] });
    this.grantAccess(fn, { actions: writeActions, keys: [hours, identityReads, people, redrive, audit] });
    // A change of people is written only if the administrator is still one.
    this.grantAccess(fn, { actions: ["dynamodb:ConditionCheckItem"], keys: [people, audit] });
    for (const list of ["undelivered", "audit"] as const) this.grantList(fn, list);
  }

  /**
   * Lets `fn` read events of all feeds to send them again. It writes only redrive orders and the list of undelivered events.
   */
  grantRedrive(fn: ServiceFunction): void {
    const own = [partitions.undelivered, partitions.redrive];
    const read = [...openKeys, ...confidentialKeys, ...issueKeys, ...own];
    this.grantAccess(fn, { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], keys: read });
    this.grantAccess(fn, { actions: writeActions, keys: own });
    for (const list of ["agencyFeeds", "frontEndFeeds", "undelivered", "pendingRedrives"] as const)
      this.grantList(fn, list);
  }

  /** Lets `fn` continue the feed of a front end after an event that the front end names. */
  grantFindEvents(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.all], keys: openKeys, attributes: foundEventAttributes });
  }

  /** Lets `fn` read the feeds of agencies and front ends. It writes only each webhook's position in its feed. */
  grantWebhookDelivery(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.several], keys: [...openKeys, ...issueKeys] });
    this.grantAccess(fn, { actions: [readActions.all, ...writeActions], keys: [partitions.webhook] });
    for (const list of ["agencyFeeds", "frontEndFeeds"] as const) this.grantList(fn, list);
    this.grantFindEvents(fn);
  }

  /** Lets `fn` resume webhooks. IAM cannot limit this to the caller's own webhook; the function does so by the token. */
  grantResumeOwnWebhook(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one, ...writeActions], keys: [partitions.webhook] });
  }

  /** Lets `fn` read the state of all webhooks, resume them, give out their secrets, and record this in the audit log. */
  grantManageWebhooks(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one, readActions.all], keys: [partitions.webhook] });
    this.grantAccess(fn, { actions: writeActions, keys: [partitions.webhook, partitions.audit] });
  }

  /** Lets `fn` read all complaints of a cohort and the complaints that wait for an answer, and publish figures of both. */
  grantCounting(fn: ServiceFunction): void {
    const { counting, published, agencyCounts, closed, waiting } = partitions;
    this.grantAccess(fn, accessTo({ by: ["all"] }, [...openKeys, ...confidentialKeys, `${counting}*`, closed]));
    this.grantAccess(fn, { actions: [readActions.one], keys: [waiting, partitions.bounced] });
    this.grantAccess(fn, {
      actions: writeActions,
      keys: [`${counting}*`, `${published}*`, agencyCounts, closed, waiting],
    });
    for (const list of ["cohorts", "openInboxes"] as const) this.grantList(fn, list);
  }

  /**
   * Lets `fn` count complaints of a cohort by their heads, list issues, and write the counts of days and what they propose to
   * inspectors.
   */
  grantProposing(fn: ServiceFunction): void {
    const own = [partitions.dayCounts, partitions.proposals];
    this.grantAccess(fn, { actions: [readActions.several], keys: openKeys });
    this.grantAccess(fn, { actions: [readActions.one, readActions.all, ...writeActions], keys: own });
    for (const list of ["cohorts", "issues"] as const) this.grantList(fn, list);
  }

  /** Lets `fn` read what arithmetic proposes to inspectors. */
  grantReadProposals(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [partitions.proposals] });
  }

  /**
   * Lets `fn` write each agency's own figures. It can read only the agencies' feeds, so the figures contain nothing else.
   */
  grantMakeAgencyFigures(fn: ServiceFunction): void {
    const { ownFigures, ownFiguresMade, agencyWeeks, agencyWeeksMade } = partitions;
    this.grantReadHours(fn);
    this.grantReadAgencyFigures(fn);
    this.grantAccess(fn, { actions: [readActions.all], keys: [agencyWeeks, agencyWeeksMade] });
    this.grantAccess(fn, {
      actions: writeActions,
      keys: [`${ownFigures}*`, ownFiguresMade, agencyWeeks, agencyWeeksMade],
    });
    this.grantList(fn, "agencyFeeds");
  }

  /** Lets `fn` scan the keys of all complaints and erase those whose retention is over. No other function may delete. */
  grantErasure(fn: ServiceFunction): void {
    const { closed, erasure, undelivered } = partitions;
    this.grantAccess(
      fn,
      accessTo({ by: ["one", "all"], hours: false }, [...openKeys, ...confidentialKeys, closed, erasure]),
    );
    // The erasure entry and its counter are written in one transaction. IAM may compare each action with all of its keys.
    const actions = [...writeActions, "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
    this.grantAccess(fn, { actions, keys: [...openKeys, ...confidentialKeys, erasure, undelivered] });
    this.grantList(fn, "cohorts");
  }

  /** Lets `fn` file complaints, count new mail recipients with them, and count filings of each front end. */
  grantFiling(fn: ServiceFunction): void {
    const mailCounts = `${partitions.mailCounts}*`;
    this.grantAccess(fn, accessTo({ by: ["one"], hours: false }, [...openKeys, mailCounts]));
    this.grantAccess(fn, { actions: [readActions.all], keys: [partitions.hours] });
    this.grantAccess(fn, { actions: writeActions, keys: [...openKeys, ...confidentialKeys, mailCounts] });
    this.grantAccess(fn, {
      actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
      keys: [`${partitions.filingCount}*`],
    });
  }

  /**
   * Lets `fn` read the complaint of a mail and whether the recipient refuses mail. It records that the mail was sent, or
   * that SES refused the address.
   */
  grantMailing(fn: ServiceFunction): void {
    const recordKeys = [...confidentialKeys, partitions.bounced];
    const readKeys = [...openKeys, ...recordKeys, partitions.unsubscribed];
    this.grantAccess(fn, { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], keys: readKeys });
    this.grantAccess(fn, { actions: writeActions, keys: recordKeys });
    this.grantAccess(fn, { actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"], keys: [partitions.lateMails] });
  }

  /** Lets `fn` read which addresses bounced, by their digests. */
  grantReadBounces(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [partitions.bounced] });
  }

  /**
   * Lets `fn` send messages: it reads which complaints have news, without any text, and what it has sent. It writes what
   * became of messages, and that a notice reached the citizen, which it cannot read.
   */
  grantMessaging(fn: ServiceFunction): void {
    const { sms, smsBatches, smsNews } = partitions;
    this.grantAccess(fn, {
      actions: [readActions.all],
      ...indexedLists.frontEndFeeds,
      attributes: messagedAttributes.feed,
    });
    this.grantAccess(fn, { actions: [readActions.all], keys: openKeys, attributes: messagedAttributes.head });
    this.grantAccess(fn, { actions: [readActions.one], keys: [sms] });
    this.grantAccess(fn, { actions: [readActions.all], keys: [`${smsBatches}*`, smsNews] });
    this.grantAccess(fn, { actions: writeActions, keys: [sms, `${smsBatches}*`, ...confidentialKeys] });
  }

  /** Lets `fn` read how many new complaints of a day send messages to a phone number. `adds: "counted"` lets it count. */
  grantReadMessagedCounts(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [`${partitions.mailCounts}*`] });
  }

  /** Lets `fn` read the published counts of agencies in each closed quarter. */
  grantReadAgencyCounts(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [partitions.agencyCounts, partitions.closed] });
  }

  /** Lets `fn` read published figures, but not the complaints and counts behind them. */
  grantReadPublished(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.all], keys: [`${partitions.published}*`, partitions.closed] });
  }

  /** Lets `fn` read the published number of complaints that waited for an answer on the first morning of a month. */
  grantReadWaiting(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [partitions.waiting] });
  }

  /**
   * Lets `fn` read the agencies' exact figures of their own work. IAM cannot limit this to one agency; the function does so.
   */
  grantReadAgencyFigures(fn: ServiceFunction): void {
    this.grantAccess(fn, { actions: [readActions.one], keys: [`${partitions.ownFigures}*`] });
    this.grantAccess(fn, { actions: [readActions.all], keys: [partitions.ownFiguresMade] });
  }

  /** Lets `fn` read each agency's counts of closed weeks. */
  grantReadWeeks(fn: ServiceFunction): void {
    const { agencyWeeks, agencyWeeksMade } = partitions;
    this.grantAccess(fn, { actions: [readActions.all], keys: [agencyWeeks, agencyWeeksMade] });
  }

  /**
   * Lets `fn` write one kind of record and read nothing: undelivered events, addresses that bounced, or refusals of mail.
   */
  grantRecord(fn: ServiceFunction, kind: "undelivered" | "bounced" | "unsubscribed"): void {
    this.grantAccess(fn, { actions: writeActions, keys: [partitions[kind]] });
  }

  grantList(fn: ServiceFunction, list: keyof typeof indexedLists): void {
    this.grantAccess(fn, { actions: ["dynamodb:Query"], ...indexedLists[list] });
  }

  /** Limits the role to partitions, named by their keys or by patterns of keys. The grants of issues stand in a file of their own. */
  grantAccess(fn: ServiceFunction, { actions, keys, index, attributes }: TableAccess): void {
    const { tableArn, tableName } = this.table;
    const conditions = {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys },
      // `ForAllValues` is also met where a request names no keys, so it must name some.
      Null: { "dynamodb:LeadingKeys": "false", ...(attributes && { "dynamodb:Attributes": "false" }) },
      ...(attributes && {
        "ForAllValues:StringEquals": { "dynamodb:Attributes": attributes },
        StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      }),
      ...returnsNoValues,
    };
    const resources = [index ? `${tableArn}/index/${index}` : tableArn];
    fn.grant({ name: "COMPLAINTS_TABLE", value: tableName, actions, resources, conditions });
  }
}
