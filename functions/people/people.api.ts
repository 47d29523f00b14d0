import * as z from "zod";
import { Fault, invalidFault } from "#shared/fault.ts";
import { Person, type PersonRole, subjectPattern } from "#shared/people/people.ts";
import { clients, directory, escalationLevels, peopleClients } from "#shared/province/slices.static.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { listPeople, readPerson, removePerson, savePerson } from "./people.store.ts";

/** A registered official. `sub` is the token issuer's name for the person. */
export const RegisteredPerson = Person.extend({ sub: z.string() }).meta({ id: "Person" });

const PersonPath = z.object({ sub: z.string().regex(subjectPattern) });

/** GET /v1/admin/people: every registered official, by `sub`. */
export const listPeopleAsAdmin = route({
  caller: "admin",
  summary: { en: "List registered officials", fa: "فهرست کاربران ثبت‌شده" },
  query: Paging,
  answer: { status: 200, schema: pageOf(RegisteredPerson).meta({ id: "PeoplePage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor } }) {
    const bound = { list: "people" };
    const { items, next } = await listPeople({ limit, from: readCursor(cursor, bound) });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});

/** GET /v1/admin/people/{sub}: one registered official. */
export const readPersonAsAdmin = route({
  caller: "admin",
  summary: { en: "Read one official", fa: "مشاهدهٔ یک کاربر" },
  path: PersonPath,
  answer: { status: 200, schema: RegisteredPerson },
  problems: ["not-found"],
  async run({ path: { sub } }) {
    const person = await readPerson(sub);
    if (!person) throw new Fault("not-found");
    return { status: 200, body: { sub, ...person } };
  },
});

/** PUT /v1/admin/people/{sub}: registers an official, or replaces the registration. It counts within a minute. */
export const savePersonAsAdmin = route({
  caller: "admin",
  summary: {
    en: "Register an official, such as an officer or inspector, or change what they may do",
    fa: "ثبت کاربر، مانند کارشناس یا بازرس، یا تغییر نقش‌های او",
  },
  path: PersonPath,
  body: Person,
  answer: { status: 200, schema: RegisteredPerson },
  problems: ["unknown-agency", "unknown-county", "not-allowed"],
  async run({ principal: { clientId, person: admin }, path: { sub }, body: person, now }) {
    if (Object.hasOwn(clients, sub) || peopleClients.includes(sub)) throw invalidFault("sub", "program");
    // No admin gives themselves the right to read complaints.
    if (sub === admin && person.roles.some(({ role }) => role !== "admin")) throw new Fault("not-allowed");
    person.roles.forEach(refuseUnknownPlace);
    await savePerson({ sub, person, by: { clientId, person: admin }, now });
    return { status: 200, body: { sub, ...person } };
  },
});

/** Refuses a role at an agency, in a county or at an escalation level that the province does not have. */
function refuseUnknownPlace(role: PersonRole, index: number): void {
  if (role.role === "officer" && !directory.agencies.some(({ id }) => id === role.agencyId))
    throw new Fault("unknown-agency", { values: { agencyId: role.agencyId } });
  if (role.role !== "overseer") return;
  const unknown = role.countyIds?.find((countyId) => !directory.counties.some(({ id }) => id === countyId));
  if (unknown) throw new Fault("unknown-county", { values: { countyId: unknown } });
  const level = escalationLevels[role.level - 1];
  if (!level)
    throw invalidFault(`roles[${index}].level`, "unknown-level", { values: { limit: escalationLevels.length } });
  if (level.authority === "county-governor" && !role.countyIds)
    throw invalidFault(`roles[${index}].countyIds`, "counties-missing");
}

/** DELETE /v1/admin/people/{sub}: takes all roles from an official. It counts within a minute. */
export const removePersonAsAdmin = route({
  caller: "admin",
  summary: { en: "End what an official may do", fa: "پایان دادن به دسترسی کاربر" },
  path: PersonPath,
  answer: { status: 200, schema: z.object({ sub: z.string(), removed: z.boolean() }).meta({ id: "PersonRemoved" }) },
  async run({ principal: { clientId, person }, path: { sub }, now }) {
    return { status: 200, body: { sub, removed: await removePerson({ sub, by: { clientId, person }, now }) } };
  },
});
