import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../fault.ts";
import { env } from "../runtime/environment.ts";
import { personNameKey, personNamePrefix } from "../runtime/keys.ts";
import { parseItem } from "../storage/readable.ts";
import { table } from "../storage/table.ts";
import type { Instant } from "../time/calendar.ts";
import { StoredName } from "./registration.ts";

/** The present names of people by their `sub`, also of those who were removed since. Who never was registered is left out. */
export async function readPersonNames(subs: readonly string[]): Promise<Map<string, string>> {
  const stored = await readStoredNames(subs);
  return new Map([...stored].map(([sub, { name }]) => [sub, name]));
}

/** Present and former names of people by their `sub`. */
export async function readStoredNames(subs: readonly string[]): Promise<Map<string, StoredName>> {
  const names = new Map<string, StoredName>();
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
      const stored = parseItem(StoredName, item);
      names.set(stored.pk.slice(personNamePrefix.length), stored);
    }
  }
  return names;
}

export const readStoredName = async (sub: string): Promise<StoredName | undefined> =>
  (await readStoredNames([sub])).get(sub);

type NewName = { sub: string; name: string; stored: StoredName | undefined; at: Instant };

/** Writes the name of a person, and keeps the one that it replaces. */
export function nameWrite({ sub, name, stored, at }: NewName) {
  const { formerNames = [] } = stored ?? {};
  const replaced = stored && stored.name !== name ? [{ name: stored.name, until: at }] : [];
  const Item = { pk: personNameKey(sub), name, formerNames: [...formerNames, ...replaced] };
  return { Put: { TableName: env("IDENTITIES_TABLE"), Item } };
}

/** The name of a person who signed in. Throws `unavailable` if it cannot be read: the person was registered a moment ago. */
export async function readSignedInName(sub: string): Promise<string> {
  const name = (await readPersonNames([sub])).get(sub);
  if (name === undefined) throw new Fault("unavailable");
  return name;
}
