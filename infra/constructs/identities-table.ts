import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, BillingMode, type ITable, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import {
  callContactPrefix,
  employeeNamePrefix,
  personNamePrefix,
  sharedIdentityPrefix,
  smsPhonePrefix,
} from "#shared/runtime/keys.ts";
import type { NetworkSegment } from "./closed-network.ts";
import { returnsNoValues } from "./complaints-table.ts";
import type { ServiceFunction } from "./service-function.ts";

/**
 * KMS actions that DynamoDB requires of a role that uses a table with a customer key. CDK grants the same with wildcards.
 */
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
 * The table of citizens' identities, separate from the complaints. It has no stream, and no function may list it. It is
 * encrypted with the province's own key. Only roles that need identities may use the key, and only through the table.
 */
export class IdentitiesTable extends Construct {
  private readonly table: ITable;
  private readonly key: Key;
  /** The keys of identities, which begin with the complaint's id. The names of officials have other keys. */
  private readonly identityKeys: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    { restored, idPrefix }: { restored: string | undefined; idPrefix: string },
  ) {
    super(scope, id);
    this.identityKeys = [`${idPrefix}-*`];
    this.key = new Key(this, "Key", {
      description: "Encrypts who complains; without it no identity can be read again",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // A restored table is not a resource of the stack. It is encrypted with the same key.
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
      // Only identities of the sandbox have this attribute. A function erases all others.
      timeToLiveAttribute: "expiresAt",
    });
  }

  /** Lets a network segment read the table by keys: identities one at a time, names of officials several. */
  allowThrough({ allowOutbound }: NetworkSegment): void {
    allowOutbound({ actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], resources: [this.table.tableArn] });
  }

  /**
   * Lets `fn` give and withdraw a citizen's consent: it copies the identity for the agency, and empties stored identities.
   */
  grantConsent(fn: ServiceFunction): void {
    this.grantKeys(
      fn,
      { actions: ["dynamodb:GetItem", "dynamodb:PutItem"], keys: this.citizensKeys },
      keyActionsToWrite,
    );
  }

  /** Lets `fn` write identities. The function that files complaints cannot read them. */
  grantWrite(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:PutItem"], keys: this.citizensKeys }, keyActionsToWrite);
  }

  /** Lets `fn` delete identities whose retention is over, without reading them. No other function may delete. */
  grantErasure(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:DeleteItem"], keys: this.citizensKeys }, keyActionsToWrite);
  }

  /** Lets `fn` read only the copies that citizens share with agencies: their keys have a prefix. */
  grantReadShared(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:GetItem"], keys: [`${sharedIdentityPrefix}*`] });
  }

  /** Lets `fn` read only the contacts of citizens who agreed to be called, and empty them: some citizens end the calls in a call. */
  grantCallContacts(fn: ServiceFunction): void {
    const keys = [`${callContactPrefix}*`];
    this.grantKeys(fn, { actions: ["dynamodb:GetItem"], keys });
    this.grantKeys(fn, { actions: ["dynamodb:PutItem"], keys }, keyActionsToWrite);
  }

  /** Lets `fn` read only the phones of citizens who want messages. */
  grantReadSmsPhones(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:GetItem"], keys: [`${smsPhonePrefix}*`] });
  }

  /** Lets `fn` read the names of officials, and no identity of a citizen. */
  grantReadPeople(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:BatchGetItem"], keys: [`${personNamePrefix}*`] });
  }

  /** Lets `fn` write the names of officials too. */
  grantWritePeople(fn: ServiceFunction): void {
    this.grantReadPeople(fn);
    this.grantKeys(fn, { actions: ["dynamodb:PutItem"], keys: [`${personNamePrefix}*`] }, keyActionsToWrite);
  }

  /** Lets `fn` write and read the names of employees to whom notices were given, and no identity of a citizen. */
  grantEmployeeNames(fn: ServiceFunction): void {
    const keys = [`${employeeNamePrefix}*`];
    this.grantKeys(fn, { actions: ["dynamodb:BatchGetItem"], keys });
    this.grantKeys(fn, { actions: ["dynamodb:PutItem"], keys }, keyActionsToWrite);
  }

  /** Lets `fn` read the names of employees to whom notices were given. */
  grantReadEmployeeNames(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:BatchGetItem"], keys: [`${employeeNamePrefix}*`] });
  }

  /** Lets `fn` delete such names, which it cannot read. */
  grantEraseEmployeeNames(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:DeleteItem"], keys: [`${employeeNamePrefix}*`] }, keyActionsToWrite);
  }

  /** Lets `fn` read any identity, one at a time. Only for the function that records each read where the citizen sees it. */
  grantRead(fn: ServiceFunction): void {
    this.grantKeys(fn, { actions: ["dynamodb:GetItem"], keys: this.identityKeys });
  }

  /**
   * Lets `fn` read only the citizen's e-mail address. It must use a query: IAM can limit no other read to some attributes.
   */
  grantReadEmails(fn: ServiceFunction): void {
    this.grantReadAttributes(fn, ["email"]);
  }

  /** Lets `fn` read only the name and the national id that the citizen declared, to compare them with a card. */
  grantReadDeclaredPerson(fn: ServiceFunction): void {
    this.grantReadAttributes(fn, ["name", "nationalId"]);
  }

  private grantReadAttributes(fn: ServiceFunction, attributes: string[]): void {
    const conditions = {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", ...attributes] },
      StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      // `ForAllValues` is also met where a request names no attributes, so it must name some.
      Null: { "dynamodb:Attributes": "false" },
    };
    this.grantActions(fn, { actions: ["dynamodb:Query"], conditions });
  }

  /** The keys of all that is kept of citizens: identities, and their copies for agencies, for the call centre and for messages. */
  private get citizensKeys(): string[] {
    return [...this.identityKeys, ...[sharedIdentityPrefix, callContactPrefix, smsPhonePrefix].map((one) => `${one}*`)];
  }

  private grantKeys(
    fn: ServiceFunction,
    { actions, keys }: { actions: string[]; keys: readonly string[] },
    keyActions = keyActionsToRead,
  ): void {
    const conditions = {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys },
      // `ForAllValues` is also met where a request names no keys, so it must name some.
      Null: { "dynamodb:LeadingKeys": "false" },
    };
    this.grantActions(fn, { actions, conditions }, keyActions);
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
    const onlyThroughDynamoDB = { StringEquals: { "kms:ViaService": `dynamodb.${region}.${urlSuffix}` } };
    fn.lambda.addToRolePolicy(
      new PolicyStatement({ actions: keyActions, resources: [this.key.keyArn], conditions: onlyThroughDynamoDB }),
    );
  }
}
