import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, BillingMode, type ITable, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { callContactPrefix, sharedIdentityPrefix } from "#shared/runtime/keys.ts";
import type { NetworkSegment } from "./closed-network.ts";
import { returnsNoValues } from "./complaints-table.ts";
import type { ServiceFunction } from "./service-function.ts";

/** What DynamoDB asks of whoever reads or writes a table with a key of its own, as CDK grants it, without wildcards. */
const keyActionsToRead = ["kms:Decrypt", "kms:DescribeKey"];
const keyActionsToWrite = [
  ...keyActionsToRead,
  "kms:Encrypt",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
];

/**
 * Who complains, kept apart from the complaints: no stream, and no function may list it. Its key is the province's own,
 * and used, through the table alone, by the roles that need an identity.
 */
export class IdentitiesTable extends Construct {
  private readonly table: ITable;
  private readonly key: Key;

  constructor(scope: Construct, id: string, { restored }: { restored: string | undefined }) {
    super(scope, id);
    this.key = new Key(this, "Key", {
      description: "Encrypts who complains; without it no identity can be read again",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // One that was restored is no resource of the stack, and is encrypted by the same key.
    this.table = restored ? Table.fromTableName(this, "Table", restored) : this.createTable();
  }

  private createTable(): Table {
    return new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // Of the sandbox alone; who complains elsewhere is forgotten by a function.
      timeToLiveAttribute: "expiresAt",
    });
  }

  /** Lets a part of the network read the table one item at a time. */
  allowThrough({ allowOutbound }: NetworkSegment): void {
    allowOutbound({ actions: ["dynamodb:GetItem"], resources: [this.table.tableArn] });
  }

  /** Gives and takes back consent: copies an identity for an agency, and empties what is kept. */
  grantConsent(fn: ServiceFunction): void {
    this.grantActions(fn, { actions: ["dynamodb:GetItem", "dynamodb:PutItem"] }, keyActionsToWrite);
  }

  /** Writes only: the function that files can read no identity. */
  grantWrite(fn: ServiceFunction): void {
    this.grantActions(fn, { actions: ["dynamodb:PutItem"] }, keyActionsToWrite);
  }

  /** Deletes what the province keeps no longer, and can read none of it. The only function that may delete. */
  grantErasure(fn: ServiceFunction): void {
    this.grantActions(fn, { actions: ["dynamodb:DeleteItem"] }, keyActionsToWrite);
  }

  /** Reads only the copies that citizens share: the role is limited to the prefix of their keys. */
  grantReadShared(fn: ServiceFunction): void {
    this.grantReadPrefix(sharedIdentityPrefix, fn);
  }

  /** Reads only the phones and names of those who were drawn and agree to be called. */
  grantReadCallContacts(fn: ServiceFunction): void {
    this.grantReadPrefix(callContactPrefix, fn);
  }

  /** Reads any identity, one at a time: only for the function that shows the citizen each read. */
  grantRead(fn: ServiceFunction): void {
    this.grantActions(fn, { actions: ["dynamodb:GetItem"] });
  }

  /**
   * Reads the citizen's e-mail address and no other field. By a query, since IAM can limit no other read by `Select`.
   */
  grantReadEmails(fn: ServiceFunction): void {
    const conditions = {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "email"] },
      StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      // `ForAllValues` is also met where a request names no attributes, so it must name some.
      Null: { "dynamodb:Attributes": "false" },
    };
    this.grantActions(fn, { actions: ["dynamodb:Query"], conditions });
  }

  private grantReadPrefix(prefix: string, fn: ServiceFunction): void {
    const conditions = {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${prefix}*`] },
      // `ForAllValues` is also met where a request names no keys, so it must name some.
      Null: { "dynamodb:LeadingKeys": "false" },
    };
    this.grantActions(fn, { actions: ["dynamodb:GetItem"], conditions });
  }

  private grantActions(
    fn: ServiceFunction,
    { actions, conditions }: { actions: string[]; conditions?: Record<string, Record<string, unknown>> },
    keyActions = keyActionsToRead,
  ): void {
    fn.grant({
      name: "IDENTITIES_TABLE",
      value: this.table.tableName,
      resources: [this.table.tableArn],
      actions,
      conditions: { ...conditions, ...returnsNoValues },
    });
    const { region, urlSuffix } = Stack.of(this);
    const throughTheTable = { StringEquals: { "kms:ViaService": `dynamodb.${region}.${urlSuffix}` } };
    fn.lambda.addToRolePolicy(
      new PolicyStatement({ actions: keyActions, resources: [this.key.keyArn], conditions: throughTheTable }),
    );
  }
}
