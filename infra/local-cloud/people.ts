import { marshall } from "@aws-sdk/util-dynamodb";
import { callDynamodb } from "./dynamodb/engine.ts";
import type { LocalPerson } from "./province-clients.ts";

type Seeding = {
  /** The address of the tables' engine. */
  endpoint: string;
  /** The environment variables of the functions, which name the tables. */
  variables: Record<string, string>;
  people: LocalPerson[];
};

/** Where the product keeps roles and names (shared/runtime/keys.ts). The local cloud imports nothing of the product. */
const rolesPartition = "PEOPLE";
const nameKey = (sub: string) => `person#${sub}`;

/** How many items DynamoDB writes at once. */
const mostItems = 25;

/**
 * Registers the officials of the local cloud, as an admin would through the API, unless some official is registered already. In
 * AWS nobody is registered: the admins in the province file begin.
 */
export async function registerPeople({ endpoint, variables, people }: Seeding): Promise<void> {
  const { COMPLAINTS_TABLE, IDENTITIES_TABLE } = variables;
  if (!COMPLAINTS_TABLE || !IDENTITIES_TABLE) return;
  const call = async (operation: string, body: object) => {
    const answer = await callDynamodb({ endpoint, target: `DynamoDB_20120810.${operation}`, body });
    if (!answer.ok) throw new Error(answer.error);
    return answer.value as { Count?: number };
  };
  const { Count = 0 } = await call("Query", {
    TableName: COMPLAINTS_TABLE,
    KeyConditionExpression: "pk = :people",
    ExpressionAttributeValues: marshall({ ":people": rolesPartition }),
    Limit: 1,
  });
  if (Count > 0) return;
  const registeredAt = new Date(0).toISOString();
  const items = people.flatMap(({ sub, name, roles }) => [
    { table: COMPLAINTS_TABLE, item: { pk: rolesPartition, sk: sub, roles, version: 1, at: registeredAt } },
    { table: IDENTITIES_TABLE, item: { pk: nameKey(sub), name } },
  ]);
  for (let start = 0; start < items.length; start += mostItems) {
    const RequestItems = Map.groupBy(items.slice(start, start + mostItems), ({ table }) => table)
      .entries()
      .map(([table, some]) => [
        table,
        some.map(({ item }) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } })),
      ]);
    await call("BatchWriteItem", { RequestItems: Object.fromEntries(RequestItems) });
  }
}
