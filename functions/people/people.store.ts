import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import type { Person, PersonRole } from "#shared/people/people.ts";
import { readPersonNames } from "#shared/people/person-names.store.ts";
import {
  forgetRoles,
  knownRoles,
  Registration,
  readRegistration,
  registrationKey,
} from "#shared/people/roles.store.ts";
import { env } from "#shared/runtime/environment.ts";
import { partitions, personNameKey } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { type Position, refuseForgedCursor, table } from "#shared/storage/table.ts";
import {
  conflict,
  ifNew,
  putWrite,
  retryOnConflict,
  unchangedSince,
  type Writes,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { auditWrite } from "../audit/audit.store.ts";

const attempts = 3;

/** A registered person; undefined if there is none. */
export async function readPerson(sub: string): Promise<Person | undefined> {
  const [registration, names] = await Promise.all([readRegistration(sub), readPersonNames([sub])]);
  const roles = registration ? knownRoles(registration) : [];
  return roles.length > 0 ? { name: names.get(sub) ?? "", roles } : undefined;
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
  const registered = Items.map((item) => parseItem(Registration, item)).filter(({ roles }) => roles.length > 0);
  const names = await readPersonNames(registered.map(({ sk }) => sk));
  const items = registered.map((one) => ({ sub: one.sk, name: names.get(one.sk) ?? "", roles: knownRoles(one) }));
  return { items, next: LastEvaluatedKey };
}

type PersonChange = { sub: string; by: { clientId: string; person: string }; now: string };

/** Registers a person or changes the registration, and records it in the audit. */
export async function savePerson({ sub, person, by, now }: PersonChange & { person: Person }): Promise<void> {
  const { name, roles } = person;
  await changeRegistration(sub, now, async (_, at) => {
    const nameBefore = (await readPersonNames([sub])).get(sub);
    const nameChanged = nameBefore !== undefined && nameBefore !== name ? true : undefined;
    const audit = auditWrite({ type: "person-registered", at, ...by, sub, roles, nameChanged });
    const Put = { TableName: env("IDENTITIES_TABLE"), Item: { pk: personNameKey(sub), name } };
    return { roles, writes: [{ Put }, audit] };
  });
}

/**
 * Takes all roles from a person, and records it in the audit. False if the person has none. The name stays, so that the audit and
 * the inspectors still read who acted.
 */
export function removePerson({ sub, by, now }: PersonChange): Promise<boolean> {
  return changeRegistration(sub, now, async (before, at) => {
    if (!before || before.roles.length === 0) return undefined;
    return { roles: [], writes: [auditWrite({ type: "person-removed", at, ...by, sub })] };
  });
}

type RegistrationChange = { roles: PersonRole[]; writes: Writes };
type Decide = (
  before: z.infer<typeof Registration> | undefined,
  at: Instant,
) => Promise<RegistrationChange | undefined>;

/** Changes a registration, one change after the other: the audit has them in the order in which they took effect. */
function changeRegistration(sub: string, now: string, decide: Decide): Promise<boolean> {
  return retryOnConflict(attempts, async () => {
    const before = await readRegistration(sub);
    const at = before && before.at >= now ? addMilliseconds(before.at, 1) : now;
    const change = await decide(before, at);
    if (!change) return false;
    const { roles, writes } = change;
    const item = { ...registrationKey(sub), roles, version: (before?.version ?? 0) + 1, at };
    const condition = before ? unchangedSince(before.version) : ifNew;
    if (await writeTransaction([putWrite(item, condition), ...writes])) return conflict;
    forgetRoles(sub);
    return true;
  });
}
