import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Fault } from "../fault.ts";
import { env } from "../runtime/environment.ts";
import { personNameKey, personNamePrefix } from "../runtime/keys.ts";
import { parseItem } from "../storage/readable.ts";
import { table } from "../storage/table.ts";

const StoredName = z.object({ pk: z.string(), name: z.string() });

/** The names of people by their `sub`, also of those who were removed since. People who never were registered are left out. */
export async function readPersonNames(subs: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const unique = [...new Set(subs)];
  // DynamoDB reads up to a hundred items at once.
  for (let start = 0; start < unique.length; start += 100) {
    const TableName = env("IDENTITIES_TABLE");
    const Keys = unique.slice(start, start + 100).map((sub) => ({ pk: personNameKey(sub) }));
    const { Responses, UnprocessedKeys } = await table.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    if (UnprocessedKeys?.[TableName]) throw new Fault("unavailable");
    for (const item of Responses?.[TableName] ?? []) {
      const { pk, name } = parseItem(StoredName, item);
      names.set(pk.slice(personNamePrefix.length), name);
    }
  }
  return names;
}

/** The name of a person who signed in. Throws `unavailable` if it cannot be read: the person was registered a moment ago. */
export async function readSignedInName(sub: string): Promise<string> {
  const name = (await readPersonNames([sub])).get(sub);
  if (name === undefined) throw new Fault("unavailable");
  return name;
}
