import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Person, PersonRole } from "../domain/complaint/people.ts";
import { Fault } from "../domain/fault.ts";
import { env } from "../runtime/environment.ts";
import { partitions, personNameKey, personNamePrefix } from "../runtime/keys.ts";
import { auditWrite } from "./audit.ts";
import { parseItem } from "./readable.ts";
import { type Position, readItem, refuseForgedCursor, table } from "./table.ts";
import { putWrite, writeTransaction } from "./transaction.ts";

/** Roles that a newer version of this code knows are left out. A person who was removed has none. */
const StoredRoles = z.object({
  sk: z.string(),
  roles: z.array(z.unknown()).transform((roles) => roles.flatMap((one) => PersonRole.safeParse(one).data ?? [])),
});
const StoredName = z.object({ pk: z.string(), name: z.string() });

const keyOf = (sub: string) => ({ pk: partitions.people, sk: sub });

/** How long the roles of a person are used without reading them again. Twice this is the time in which a removal counts. */
const rememberedMs = 30_000;
const remembered = new Map<string, { roles: PersonRole[]; until: number }>();

/** The roles of a person, as they were at most half a minute ago; none if nobody registered the person. */
export async function readRoles(sub: string): Promise<PersonRole[]> {
  const known = remembered.get(sub);
  if (known && performance.now() < known.until) return known.roles;
  remembered.delete(sub);
  const roles = await readStoredRoles(sub);
  if (roles.length > 0) remembered.set(sub, { roles, until: performance.now() + rememberedMs });
  return roles;
}

async function readStoredRoles(sub: string): Promise<PersonRole[]> {
  const item = await readItem(keyOf(sub));
  return item ? parseItem(StoredRoles, item).roles : [];
}

/** A registered person; undefined if there is none. */
export async function readPerson(sub: string): Promise<Person | undefined> {
  const [roles, names] = await Promise.all([readStoredRoles(sub), readPersonNames([sub])]);
  return roles.length > 0 ? { name: names[sub] ?? "", roles } : undefined;
}

/** The names of people by their `sub`, also of those who were removed since. People who never were registered are left out. */
export async function readPersonNames(subs: readonly string[]): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
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
      names[pk.slice(personNamePrefix.length)] = name;
    }
  }
  return names;
}

/** One page of the registered people, by their `sub`. */
export async function listPeople({ limit, from }: { limit: number; from: Position | undefined }) {
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    KeyConditionExpression: "pk = :people",
    ExpressionAttributeValues: { ":people": partitions.people },
    ConsistentRead: true,
    ExclusiveStartKey: from,
    Limit: limit,
  });
  const { Items = [], LastEvaluatedKey } = await table
    .send(query)
    .catch((cause: Error) => refuseForgedCursor(from, cause));
  const registered = Items.map((item) => parseItem(StoredRoles, item)).filter(({ roles }) => roles.length > 0);
  const names = await readPersonNames(registered.map(({ sk }) => sk));
  const items = registered.map(({ sk, roles }) => ({ sub: sk, name: names[sk] ?? "", roles }));
  return { items, next: LastEvaluatedKey };
}

type Registration = { sub: string; by: { clientId: string; person: string }; now: string };

/** Registers a person or changes the registration, and records it in the audit. Throws `unavailable` on a conflict. */
export async function savePerson({ sub, person, by, now }: Registration & { person: Person }): Promise<void> {
  const { name, roles } = person;
  const audit = auditWrite({ type: "person-registered", at: now, ...by, sub, roles });
  const Put = { TableName: env("IDENTITIES_TABLE"), Item: { pk: personNameKey(sub), name } };
  await write(sub, [putWrite({ ...keyOf(sub), roles }), { Put }, audit]);
}

/**
 * Takes all roles from a person, and records it in the audit. False if the person has none. The name stays, so that the audit and
 * the inspectors still read who acted.
 */
export async function removePerson({ sub, by, now }: Registration): Promise<boolean> {
  if ((await readStoredRoles(sub)).length === 0) return false;
  const audit = auditWrite({ type: "person-removed", at: now, ...by, sub });
  await write(sub, [putWrite({ ...keyOf(sub), roles: [] }), audit]);
  return true;
}

async function write(sub: string, writes: Parameters<typeof writeTransaction>[0]): Promise<void> {
  if (await writeTransaction(writes)) throw new Fault("unavailable");
  remembered.delete(sub);
}
