import * as z from "zod";
import { subjectPattern } from "#shared/people/people.ts";
import { readStoredNames } from "#shared/people/person-names.store.ts";
import { nameAt, type StoredName } from "#shared/people/registration.ts";
import { type Instant, SentInstant } from "#shared/time/calendar.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { IdentityLimit, liftIdentityLimit, listAudit, listIdentityLimits } from "./audit.store.ts";
import { AuditEntry } from "./audit-entry.ts";

/** GET /v1/admin/audit: actions of admins and inspectors that are not moves of a complaint, the newest first. */
export const listAuditAsAdmin = route({
  caller: "admin",
  summary: { en: "List what admins and inspectors did beside moves", fa: "فهرست کارهای مدیران و بازرسان جز رسیدگی" },
  query: Paging.extend({ since: SentInstant.optional() }),
  answer: { status: 200, schema: pageOf(AuditEntry).meta({ id: "AuditPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor, since } }) {
    const bound = { list: "audit", since };
    const { items, next } = await listAudit({ limit, since, from: readCursor(cursor, bound) });
    const stored = await readStoredNames(items.flatMap(peopleIn));
    const named = items.map((entry) => withNames(entry, stored));
    return { status: 200, body: { items: named, nextCursor: writeCursor(next, bound) } };
  },
});

const peopleIn = (entry: AuditEntry) => [entry.person, ...("sub" in entry ? [entry.sub] : [])];

/** An entry with the names that its people had when it was written, and with the name that a registration replaced. */
function withNames(entry: AuditEntry, stored: Map<string, StoredName>): AuditEntry {
  const namesAt = (at: Instant) =>
    Object.fromEntries(
      peopleIn(entry).flatMap((sub) => {
        const known = stored.get(sub);
        return known ? [[sub, nameAt(known, at)]] : [];
      }),
    );
  const names = namesAt(entry.at);
  if (entry.type !== "person-registered") return { ...entry, names };
  const nameBefore = namesAt(addMilliseconds(entry.at, -1))[entry.sub];
  return { ...entry, names, ...(nameBefore !== names[entry.sub] && { nameBefore }) };
}

/**
 * GET /v1/admin/identity-limits: the readers who reached the limit of identities or phone numbers. They can read no more until
 * an admin lifts the limit.
 */
export const listIdentityLimitsAsAdmin = route({
  caller: "admin",
  summary: {
    en: "List who read too many identities or phones",
    fa: "کسانی که بیش از اندازه مشخصات یا شماره تلفن دیده‌اند",
  },
  answer: { status: 200, schema: z.object({ items: z.array(IdentityLimit) }).meta({ id: "IdentityLimits" }) },
  run: async () => ({ status: 200, body: { items: await listIdentityLimits() } }),
});

/**
 * DELETE /v1/admin/identity-limits/{sub}: an inspector may read identities again, or the call centre phone numbers. The audit
 * log keeps which admin lifted the limit.
 */
export const liftIdentityLimitAsAdmin = route({
  caller: "admin",
  summary: {
    en: "Let an inspector read identities again, or the call centre phones",
    fa: "اجازهٔ دوباره به بازرس برای دیدن مشخصات، یا به درگاه تماس برای دیدن شماره تلفن",
  },
  path: z.object({ sub: z.string().min(1).max(300) }),
  answer: {
    status: 200,
    schema: z.object({ sub: z.string(), lifted: z.boolean() }).meta({ id: "IdentityLimitLifted" }),
  },
  problems: ["not-allowed"],
  async run({ principal: by, path: { sub }, now }) {
    // A `sub` outside the pattern belongs to nobody. It is not looked up, because the table refuses keys that are too long.
    const lifted = subjectPattern.test(sub) && (await liftIdentityLimit({ sub, now, by }));
    return { status: 200, body: { sub, lifted } };
  },
});
