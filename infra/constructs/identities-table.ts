import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { sharedIdentityPrefix } from "#shared/runtime/keys.ts";
import type { ServiceFunction } from "./service-function.ts";

/** Who complained, apart from what about: no stream, and no function that reads all of it. */
export class IdentitiesTable extends Construct {
  private readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Writers do not read: who files learns nothing of others. */
  writtenBy(fn: ServiceFunction): void {
    this.lendTo(fn, { actions: ["dynamodb:PutItem"] });
  }

  /** Only identities whose citizens agreed; the role is held to the keys that those stand under. */
  readWhereSharedBy(fn: ServiceFunction): void {
    const conditions = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${sharedIdentityPrefix}*`] } };
    this.lendTo(fn, { actions: ["dynamodb:GetItem"], conditions });
  }

  /** Anybody's identity, one at a time: for the one function whose every read the citizen sees. */
  readBy(fn: ServiceFunction): void {
    this.lendTo(fn, { actions: ["dynamodb:GetItem"] });
  }

  /** Where to mail the citizen, and nothing else of who it is; a query, since IAM knows no `Select` of other reads. */
  emailsReadBy(fn: ServiceFunction): void {
    const conditions = {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "email"] },
      StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      // A condition on all values is met where there are none.
      Null: { "dynamodb:Attributes": "false" },
    };
    this.lendTo(fn, { actions: ["dynamodb:Query"], conditions });
  }

  private lendTo(
    fn: ServiceFunction,
    allowed: { actions: string[]; conditions?: Record<string, Record<string, unknown>> },
  ): void {
    fn.lend({ name: "IDENTITIES_TABLE", value: this.table.tableName, resources: [this.table.tableArn], ...allowed });
  }
}
