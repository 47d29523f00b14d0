import { RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
} from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import { indexes, keysOnly, placeIn } from "#shared/runtime/keys.ts";

export type Restored = NonNullable<Province["tables"]["complaints"]>;

/** The table that the stack makes. */
export function madeTable(scope: Construct): Table {
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
      sortKey: { name: placeIn(indexName), type: AttributeType.STRING },
      projectionType: keysOnly.includes(indexName) ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
    });
  return table;
}

/** One that was restored is no resource of the stack; that which it replaces stays, if it is still there. */
export function restoredTable(scope: Construct, { name, stream }: Restored): ITable {
  const tableArn = Stack.of(scope).formatArn({ service: "dynamodb", resource: "table", resourceName: name });
  return Table.fromTableAttributes(scope, "Table", { tableArn, tableStreamArn: `${tableArn}/stream/${stream}` });
}
