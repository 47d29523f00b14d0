import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { type IndexName, indexes, partitions, placeIn, undeliveredDeskKey } from "#shared/runtime/keys.ts";
import type { Loan, ServiceFunction } from "./service-function.ts";

const reading = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];

/**
 * Every complaint with its events, in one table. No function may delete or scan: a complaint is closed, never erased.
 */
export class ComplaintsTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: "expiresAt",
    });
    for (const index of indexes) this.addIndex(index);
  }

  /** Reads complaints it knows by id. */
  readBy(fn: ServiceFunction): void {
    this.lendTo(fn, { actions: reading, resources: [this.table.tableArn] });
  }

  /** Reads and writes complaints it knows by id. */
  writtenBy(fn: ServiceFunction): void {
    this.lendTo(fn, { actions: [...reading, "dynamodb:PutItem"], resources: [this.table.tableArn] });
  }

  /** Reads and writes office hours, and sees no complaint: the role is held to their partition. */
  hoursWrittenBy(fn: ServiceFunction): void {
    const conditions = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [partitions.hours] } };
    const actions = ["dynamodb:Query", "dynamodb:PutItem"];
    this.lendTo(fn, { actions, resources: [this.table.tableArn], conditions });
  }

  /** Lists undelivered events and orders that they are sent again, and sees no complaint. */
  redriveOrderedBy(fn: ServiceFunction): void {
    const { tableArn } = this.table;
    const held = (partition: string) => ({ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [partition] } });
    const ordering = ["dynamodb:GetItem", "dynamodb:PutItem"];
    this.lendTo(fn, { actions: ordering, resources: [tableArn], conditions: held(partitions.redrive) });
    const desk = `${tableArn}/index/desk`;
    this.lendTo(fn, { actions: ["dynamodb:Query"], resources: [desk], conditions: held(undeliveredDeskKey) });
  }

  /** Reads events to send again, from every feed; writes only orders and which events are undelivered. */
  redrivenBy(fn: ServiceFunction): void {
    const { tableArn } = this.table;
    const conditions = {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [partitions.undelivered, partitions.redrive] },
    };
    this.lendTo(fn, { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], resources: [tableArn] });
    this.lendTo(fn, { actions: ["dynamodb:PutItem"], resources: [tableArn], conditions });
    for (const index of ["inbox", "desk", "due"] as const) this.listedBy(fn, index);
  }

  /** Notes undelivered events, and sees no complaint. */
  undeliveredNotedBy(fn: ServiceFunction): void {
    const conditions = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [partitions.undelivered] } };
    this.lendTo(fn, { actions: ["dynamodb:PutItem"], resources: [this.table.tableArn], conditions });
  }

  /** Counts what front ends file, and may update nothing but these counts. */
  filingsCountedBy(fn: ServiceFunction): void {
    const conditions = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${partitions.filingCount}*`] } };
    this.lendTo(fn, { actions: ["dynamodb:UpdateItem"], resources: [this.table.tableArn], conditions });
  }

  /** Reads what a mail is about; notes that the mail was sent, or that its address is refused. */
  mailedBy(fn: ServiceFunction): void {
    const actions = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem"];
    this.lendTo(fn, { actions, resources: [this.table.tableArn] });
  }

  /** Notes addresses that mail came back from, and sees no complaint: the role is held to their partition. */
  bouncesNotedBy(fn: ServiceFunction): void {
    const conditions = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [partitions.bounced] } };
    this.lendTo(fn, { actions: ["dynamodb:PutItem"], resources: [this.table.tableArn], conditions });
  }

  listedBy(fn: ServiceFunction, index: IndexName): void {
    this.lendTo(fn, { actions: ["dynamodb:Query"], resources: [`${this.table.tableArn}/index/${index}`] });
  }

  private lendTo(fn: ServiceFunction, permission: Omit<Loan, "name" | "value">): void {
    fn.lend({ name: "COMPLAINTS_TABLE", value: this.table.tableName, ...permission });
  }

  private addIndex(name: IndexName): void {
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name, type: AttributeType.STRING },
      sortKey: { name: placeIn(name), type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
}
