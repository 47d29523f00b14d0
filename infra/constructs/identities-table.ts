import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { sharedIdentityPrefix } from "#shared/runtime/keys.ts";
import type { ServiceFunction } from "./service-function.ts";

/** Who complains, kept apart from the complaints: no stream, and no function may list it. */
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

  /** Writes only: the function that files can read no identity. */
  writtenBy(fn: ServiceFunction): void {
    this.lendTo(fn, { actions: ["dynamodb:PutItem"] });
  }

  /** Reads only identities that citizens share: the role is limited to the prefix of their keys. */
  readWhereSharedBy(fn: ServiceFunction): void {
    const conditions = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${sharedIdentityPrefix}*`] } };
    this.lendTo(fn, { actions: ["dynamodb:GetItem"], conditions });
  }

  /** Reads any identity, one at a time: only for the function that shows the citizen each read. */
  readBy(fn: ServiceFunction): void {
    this.lendTo(fn, { actions: ["dynamodb:GetItem"] });
  }

  /**
   * Reads the citizen's e-mail address and no other field. By a query, since IAM can limit no other read by `Select`.
   */
  emailsReadBy(fn: ServiceFunction): void {
    const conditions = {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "email"] },
      StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      // `ForAllValues` is also met where a request names no attributes, so it must name some.
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
