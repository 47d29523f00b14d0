import { afterEach, expect, test, vi } from "vitest";
import { listAudit } from "#functions/audit/audit.store.ts";
import { listPeople, readPerson, removePerson, savePerson } from "#functions/people/people.store.ts";
import type { PersonRole } from "#shared/people/people.ts";
import { readPersonNames } from "#shared/people/person-names.store.ts";
import { readRoles } from "#shared/people/roles.store.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();
afterEach(() => void vi.restoreAllMocks());

const by = { clientId: "desk", person: "admin" };
const now = "2026-11-24T08:00:00.000Z";
const roles: PersonRole[] = [{ role: "inspector" }];
const registered = (sub: string) => savePerson({ sub, person: { name: `نام ${sub}`, roles }, by, now });

test("a removal made elsewhere counts within a minute", async () => {
  await registered("one");
  let time = 1_000;
  vi.spyOn(Date, "now").mockImplementation(() => time);
  expect(await readRoles("one")).toEqual(roles);
  await removeElsewhere("one");
  time += 60_000;
  expect(await readRoles("one")).toEqual([]);
});

/** Removes a person as another instance of the function does, which has a memory of its own. */
async function removeElsewhere(sub: string): Promise<void> {
  vi.resetModules();
  const elsewhere: typeof import("#functions/people/people.store.ts") = await import(
    "#functions/people/people.store.ts"
  );
  await elsewhere.removePerson({ sub, by, now });
}

test("who was not registered a moment ago is known at once", async () => {
  expect(await readRoles("two")).toEqual([]);
  await registered("two");
  expect(await readRoles("two")).toEqual(roles);
});

test("a removed person is in no list, and is still named where they acted", async () => {
  await registered("three");
  expect(await removePerson({ sub: "three", by, now })).toBe(true);
  expect(await readPerson("three")).toBeUndefined();
  expect((await listPeople({ limit: 100, from: undefined })).items.map(({ sub }) => sub)).not.toContain("three");
  expect(await readPersonNames(["three", "three", "nobody"])).toEqual(new Map([["three", "نام three"]]));
});

test("more than a hundred people are named, and listed page by page", async () => {
  const subs = Array.from({ length: 105 }, (_, n) => `many-${String(n).padStart(3, "0")}`);
  for (const sub of subs) await registered(sub);
  expect((await readPersonNames(subs)).size).toBe(105);
  const listed: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await listPeople({ limit: 40, from });
    listed.push(...page.items.map(({ sub }) => sub));
    from = page.next;
  } while (from);
  expect(listed.filter((sub) => sub.startsWith("many-"))).toEqual(subs);
});

/** All entries, page by page: other tests registered more than a hundred people at the same instant. */
async function wholeAudit() {
  const all = [];
  for (let page = await listAudit({ limit: 100, from: undefined, since: undefined }); ; ) {
    all.push(...page.items);
    if (!page.next) return all;
    page = await listAudit({ limit: 100, from: page.next, since: undefined });
  }
}

test("changes at once take effect one after the other, and the audit has them in that order", async () => {
  await registered("five");
  await Promise.all([
    removePerson({ sub: "five", by, now }),
    registered("five"),
    removePerson({ sub: "five", by, now }),
  ]);
  const items = await wholeAudit();
  const ofFive = items.filter((entry) => "sub" in entry && entry.sub === "five");
  expect((await readPerson("five")) === undefined).toBe(ofFive[0]?.type === "person-removed");
  expect(ofFive.length).toBeGreaterThan(1);
  expect(new Set(ofFive.map(({ at }) => at)).size).toBe(ofFive.length);
});
