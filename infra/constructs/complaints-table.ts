import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

const reading = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
const writing = ["dynamodb:PutItem", "dynamodb:ConditionCheckItem"];

/** Every complaint with its events, in one table. Nobody may delete from it or scan it: a complaint is closed, never erased. */
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
    this.table.addGlobalSecondaryIndex({
      indexName: "inbox",
      partitionKey: { name: "inbox", type: AttributeType.STRING },
      sortKey: { name: "inboxAt", type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }

  readBy(fn: ServiceFunction): void {
    this.lendTo(fn, reading);
  }

  writtenBy(fn: ServiceFunction): void {
    this.lendTo(fn, [...reading, ...writing]);
  }

  private lendTo(fn: ServiceFunction, actions: string[]): void {
    const { tableName, tableArn } = this.table;
    fn.lend({ name: "COMPLAINTS_TABLE", value: tableName, actions, resources: [tableArn, `${tableArn}/index/*`] });
  }
}
