import { marshall, type NativeAttributeValue, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { callDynamodb } from "./dynamodb/engine.ts";
import type { LocalPerson, RegisteredPerson } from "./province-clients.ts";

type Tables = {
  /** The address of the tables' engine. */
  endpoint: string;
  /** The environment variables of the functions, which name the tables. */
  variables: Record<string, string>;
};

/** Where the product keeps roles and names (shared/runtime/keys.ts). The local cloud imports nothing of the product. */
const rolesPartition = "PEOPLE";
const nameKey = (sub: string) => `person#${sub}`;

/** How many items DynamoDB writes at once, and how many it reads at once. */
const mostItems = 25;
const mostKeys = 100;

async function call(endpoint: string, operation: string, body: object): Promise<unknown> {
  const answer = await callDynamodb({ endpoint, target: `DynamoDB_20120810.${operation}`, body });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

/**
 * Registers the officials of the local cloud, as an admin would through the API, unless some official is registered already. In
 * AWS nobody is registered: the admins in the province file begin.
 */
export async function registerPeople({
  endpoint,
  variables,
  people,
}: Tables & { people: LocalPerson[] }): Promise<void> {
  const { COMPLAINTS_TABLE, IDENTITIES_TABLE } = variables;
  if (!COMPLAINTS_TABLE || !IDENTITIES_TABLE) return;
  const { Items } = await registrations({ endpoint, table: COMPLAINTS_TABLE, limit: 1 });
  if (Items.length > 0) return;
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
    await call(endpoint, "BatchWriteItem", { RequestItems: Object.fromEntries(RequestItems) });
  }
}

const Item = z.record(z.string(), z.custom<NativeAttributeValue>());
const ItemsPage = z.object({ Items: z.array(Item), LastEvaluatedKey: Item.optional() });

type RegistrationsQuery = { endpoint: string; table: string; limit?: number; from?: unknown };

async function registrations({ endpoint, table, limit, from }: RegistrationsQuery) {
  const query = {
    TableName: table,
    KeyConditionExpression: "pk = :people",
    ExpressionAttributeValues: marshall({ ":people": rolesPartition }),
    ExclusiveStartKey: from,
    Limit: limit,
  };
  return ItemsPage.parse(await call(endpoint, "Query", query));
}

/** A registration as the product stores it. */
const Registration = z.object({
  sk: z.string(),
  roles: z.array(
    z.object({
      role: z.string(),
      agencyId: z.string().optional(),
      authority: z.string().optional(),
      countyIds: z.array(z.string()).optional(),
    }),
  ),
});
const StoredName = z.object({ pk: z.string(), name: z.string() });
const NamesAnswer = z.object({ Responses: z.record(z.string(), z.array(Item)) });

/** Everybody who is registered now, by `sub`; undefined if the stacks have no tables of people. */
export async function readRegisteredPeople({ endpoint, variables }: Tables): Promise<RegisteredPerson[] | undefined> {
  const { COMPLAINTS_TABLE, IDENTITIES_TABLE } = variables;
  if (!COMPLAINTS_TABLE || !IDENTITIES_TABLE) return undefined;
  const found: z.infer<typeof Registration>[] = [];
  let from: unknown;
  do {
    const { Items, LastEvaluatedKey } = await registrations({ endpoint, table: COMPLAINTS_TABLE, from });
    // What cannot be read signs in nobody, and hinders nobody else.
    const read = Items.flatMap((item) => Registration.safeParse(unmarshall(item)).data ?? []);
    found.push(...read.filter(({ roles }) => roles.length > 0));
    from = LastEvaluatedKey;
  } while (from);
  const names = new Map<string, string>();
  for (let start = 0; start < found.length; start += mostKeys) {
    const Keys = found.slice(start, start + mostKeys).map(({ sk }) => marshall({ pk: nameKey(sk) }));
    const answer = await call(endpoint, "BatchGetItem", { RequestItems: { [IDENTITIES_TABLE]: { Keys } } });
    const items = NamesAnswer.parse(answer).Responses[IDENTITIES_TABLE] ?? [];
    for (const { pk, name } of items.map((item) => StoredName.parse(unmarshall(item)))) names.set(pk, name);
  }
  return found.map(({ sk, roles }) => ({ sub: sk, name: names.get(nameKey(sk)) || sk, roles }));
}
