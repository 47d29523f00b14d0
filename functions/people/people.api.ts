import * as z from "zod";
import { Fault, invalidFault } from "#shared/fault.ts";
import { Person, type PersonRole, subjectPattern } from "#shared/people/people.ts";
import { admins, clients, directory, escalationLevels, peopleClients } from "#shared/province/slices.static.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { listPeople, readPerson, removePerson, savePerson } from "./people.store.ts";

/** A registered official. `sub` is the token issuer's name for the person. `version` grows with each change. */
export const RegisteredPerson = Person.extend({ sub: z.string(), version: z.int() }).meta({ id: "Person" });

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
    return okReply({ sub, ...person });
  },
});

/**
 * PUT /v1/admin/people/{sub}: registers an official. With `If-Match`, changes the registration with that version. It counts within
 * a minute.
 */
export const savePersonAsAdmin = route({
  caller: "admin",
  summary: {
    en: "Register an official, such as an officer or inspector, or change what they may do",
    fa: "ثبت کاربر، مانند کارشناس یا بازرس، یا تغییر نقش‌های او",
  },
  path: PersonPath,
  body: Person,
  answer: { status: 200, schema: RegisteredPerson },
  problems: ["person-exists", "version-outdated", "unknown-agency", "unknown-county", "not-allowed"],
  async run({ principal: { clientId, person: admin }, path: { sub }, body: person, now, ifMatch }) {
    if (Object.hasOwn(clients, sub) || peopleClients.includes(sub)) throw invalidFault("sub", "program");
    // Nobody changes their own role, and the admins of the province file stay admins: somebody is always left.
    if ((sub === admin || admins.includes(sub)) && person.roles.some(({ role }) => role !== "admin"))
      throw new Fault("not-allowed");
    person.roles.forEach(refuseUnknownPlace);
    const version = await savePerson({ sub, person, by: { clientId, person: admin }, now, ifMatch });
    return okReply({ sub, version, ...person });
  },
});

/**
 * Refuses a role at an agency, in a county or for an authority that the province does not have, a county's governor without counties, and
 * counties for another authority.
 */
function refuseUnknownPlace(role: PersonRole, index: number): void {
  if ("agencyId" in role && !directory.agencies.some(({ id }) => id === role.agencyId))
    throw new Fault("unknown-agency", { values: { agencyId: role.agencyId } });
  if (role.role !== "overseer") return;
  const unknown = role.countyIds?.find((countyId) => !directory.counties.some(({ id }) => id === countyId));
  if (unknown) throw new Fault("unknown-county", { values: { countyId: unknown } });
  if (!escalationLevels.some(({ authority }) => authority === role.authority))
    throw invalidFault(`roles[${index}].authority`, "unknown-authority");
  const isOfCounties = role.authority === "county-governor";
  if (isOfCounties !== Boolean(role.countyIds))
    throw invalidFault(`roles[${index}].countyIds`, isOfCounties ? "counties-missing" : "counties-of-province");
}

/** DELETE /v1/admin/people/{sub}: takes all roles from an official. It counts within a minute. */
export const removePersonAsAdmin = route({
  caller: "admin",
  summary: { en: "End what an official may do", fa: "پایان دادن به دسترسی کاربر" },
  path: PersonPath,
  answer: { status: 200, schema: z.object({ sub: z.string(), removed: z.boolean() }).meta({ id: "PersonRemoved" }) },
  problems: ["not-allowed"],
  async run({ principal: { clientId, person }, path: { sub }, now }) {
    if (sub === person) throw new Fault("not-allowed");
    return { status: 200, body: { sub, removed: await removePerson({ sub, by: { clientId, person }, now }) } };
  },
});
