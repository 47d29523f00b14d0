import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { partitions } from "#shared/runtime/keys.ts";
import type { NetworkPart } from "./closed-network.ts";
import {
  added,
  confidential,
  type Held,
  handsNothingBack,
  held,
  open,
  type Reads,
  reading,
  writing,
} from "./complaints-access.ts";
import { type List, lists } from "./complaints-lists.ts";
import { madeTable, type Restored, restoredTable } from "./complaints-tables.ts";
import type { ServiceFunction } from "./service-function.ts";

/**
 * Every complaint with its events, in one table. No function may scan it, and one alone delete of it.
 * Every role is held to the partitions that it needs.
 */
export class ComplaintsTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, { restored }: { restored: Restored | undefined }) {
    super(scope, id);
    this.table = restored ? restoredTable(this, restored) : madeTable(this);
  }

  /** Lets a part of the network reach the table, by the actions that roles in it may have. */
  reachedThrough({ letsOut }: NetworkPart): void {
    const { tableArn } = this.table;
    letsOut({
      actions: [...Object.values(reading), ...writing],
      resources: [tableArn, `${tableArn}/index/*`],
    });
  }

  /** Reads complaints it knows by id, and the hours by which their clocks run. */
  readBy(fn: ServiceFunction, reads: Reads = {}): void {
    this.lendHeld(fn, held(reads, open));
  }

  /** Reads and writes complaints it knows by id. */
  writtenBy(fn: ServiceFunction, reads: Reads = {}): void {
    this.readBy(fn, reads);
    this.lendHeld(fn, { actions: writing, to: open });
  }

  /**
   * Reads private series as well, which no agency's function may, and adds to what `adds` names. In one statement, since
   * IAM may hold all keys of a request against each: two would refuse a request for both kinds.
   */
  confidedTo(fn: ServiceFunction, { adds = "both", ...reads }: Reads & { adds?: keyof typeof added } = {}): void {
    this.lendHeld(fn, held(reads, added.both));
    if (adds !== "nothing") this.lendHeld(fn, { actions: writing, to: added[adds] });
  }

  /** Reads and writes office hours. */
  hoursWrittenBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: ["dynamodb:Query", ...writing], to: [partitions.hours] });
  }

  /** Reads office hours. */
  hoursReadBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.all], to: [partitions.hours] });
  }

  /** Counts the identities that inspectors read, and the phones that the call centre lists. */
  identityReadsCountedBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: ["dynamodb:GetItem", ...writing], to: [partitions.identityReads] });
  }

  /** An admin's: hours, limits and what is sent again, each change noted in the audit. It sees no complaint. */
  administeredBy(fn: ServiceFunction): void {
    const { hours, identityReads, redrive, audit } = partitions;
    this.lendHeld(fn, { actions: [reading.all], to: [hours, identityReads] });
    this.lendHeld(fn, { actions: [reading.one], to: [identityReads, redrive] });
    this.lendHeld(fn, { actions: writing, to: [hours, identityReads, redrive, audit] });
    for (const list of ["undelivered", "audit"] as const) this.listedBy(fn, list);
  }

  /** Reads events to send again, from every feed; writes only orders and which events are undelivered. */
  redrivenBy(fn: ServiceFunction): void {
    const own = [partitions.undelivered, partitions.redrive];
    const read = [...open, ...confidential, ...own];
    this.lendHeld(fn, { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], to: read });
    this.lendHeld(fn, { actions: writing, to: own });
    for (const list of ["agencyFeeds", "frontEndFeeds", "undelivered", "pendingRedrives"] as const)
      this.listedBy(fn, list);
  }

  /** Reads the feeds of agencies and front ends, and writes only how far each webhook is in its own. */
  pushedBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.several], to: open });
    this.lendHeld(fn, { actions: [reading.all, ...writing], to: [partitions.webhook] });
    for (const list of ["agencyFeeds", "frontEndFeeds"] as const) this.listedBy(fn, list);
  }

  /** Resumes the webhook of whoever calls: whose that is, is known by the token alone. */
  ownWebhookResumedBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.one, ...writing], to: [partitions.webhook] });
  }

  /** Reads how far webhooks are, resumes them, hands their secrets over, and notes that. */
  webhooksTendedBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.one, reading.all], to: [partitions.webhook] });
    this.lendHeld(fn, { actions: writing, to: [partitions.webhook, partitions.audit] });
  }

  /** Counts every complaint of a cohort by its events, and what waits for an answer; publishes both. */
  countedBy(fn: ServiceFunction): void {
    const { counting, published, agencyCounts, closed, waiting } = partitions;
    this.lendHeld(fn, held({ by: ["all"] }, [...open, ...confidential, `${counting}*`, closed]));
    this.lendHeld(fn, { actions: [reading.one], to: [waiting] });
    this.lendHeld(fn, { actions: writing, to: [`${counting}*`, `${published}*`, agencyCounts, closed, waiting] });
    for (const list of ["cohorts", "openInboxes"] as const) this.listedBy(fn, list);
  }

  /** Makes agencies' own figures: of complaints it may list the agencies' feeds alone, so they hold nothing else. */
  ownFiguresMadeBy(fn: ServiceFunction): void {
    const { ownFigures, ownFiguresMade } = partitions;
    this.hoursReadBy(fn);
    this.ownFiguresReadBy(fn);
    this.lendHeld(fn, { actions: writing, to: [`${ownFigures}*`, ownFiguresMade] });
    this.listedBy(fn, "agencyFeeds");
  }

  /** Walks through all that was ever filed, and forgets what is kept no longer: the only function that may delete. */
  forgottenBy(fn: ServiceFunction): void {
    const { closed, forgetting, undelivered } = partitions;
    this.lendHeld(fn, held({ by: ["one", "all"], hours: false }, [...open, ...confidential, closed, forgetting]));
    // The note and the ledger's count are one transaction, of which IAM may hold each part to the keys of all.
    const actions = [...writing, "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
    this.lendHeld(fn, { actions, to: [...open, ...confidential, forgetting, undelivered] });
    this.listedBy(fn, "cohorts");
  }

  /** Files: writes complaints, together with whom they begin to mail, and counts what each front end files. */
  filedBy(fn: ServiceFunction): void {
    const mailBegun = `${partitions.mailBegun}*`;
    this.lendHeld(fn, held({ by: ["one"], hours: false }, [...open, mailBegun]));
    this.lendHeld(fn, { actions: [reading.all], to: [partitions.hours] });
    this.lendHeld(fn, { actions: writing, to: [...open, ...confidential, mailBegun] });
    this.lendHeld(fn, { actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"], to: [`${partitions.filingCount}*`] });
  }

  /** Reads what a mail is about and whether its reader wants it; notes that it was sent, or that SES refused its address. */
  mailedBy(fn: ServiceFunction): void {
    const noted = [...confidential, partitions.bounced];
    const known = [...open, ...noted, partitions.mailRefused];
    this.lendHeld(fn, { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], to: known });
    this.lendHeld(fn, { actions: writing, to: noted });
  }

  /** Reads the published counts of agencies in each closed quarter. */
  agencyCountsReadBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.one], to: [partitions.agencyCounts, partitions.closed] });
  }

  /** Reads what is published, and nothing that it was made of. */
  publishedReadBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.all], to: [`${partitions.published}*`, partitions.closed] });
  }

  /** Reads what waited on the first morning of a month, as published. */
  waitingReadBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.one], to: [partitions.waiting] });
  }

  /** Reads agencies' exact figures of their own work: which agency asks is known by its token alone. */
  ownFiguresReadBy(fn: ServiceFunction): void {
    this.lendHeld(fn, { actions: [reading.one], to: [`${partitions.ownFigures}*`] });
    this.lendHeld(fn, { actions: [reading.all], to: [partitions.ownFiguresMade] });
  }

  /** Notes one kind of thing, and reads nothing: undelivered events, addresses that mail came back from, whose readers want no more. */
  notedBy(fn: ServiceFunction, what: "undelivered" | "bounced" | "mailRefused"): void {
    this.lendHeld(fn, { actions: writing, to: [partitions[what]] });
  }

  listedBy(fn: ServiceFunction, list: List): void {
    this.lendHeld(fn, { actions: ["dynamodb:Query"], ...lists[list] });
  }

  /** Holds the role to partitions: their keys, or patterns of keys. */
  private lendHeld(fn: ServiceFunction, { actions, to, index }: Held): void {
    const { tableArn, tableName } = this.table;
    const conditions = {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": to },
      // `ForAllValues` is also met where a request names no keys, so it must name some.
      Null: { "dynamodb:LeadingKeys": "false" },
      ...handsNothingBack,
    };
    const resources = [index ? `${tableArn}/index/${index}` : tableArn];
    fn.lend({ name: "COMPLAINTS_TABLE", value: tableName, actions, resources, conditions });
  }
}
