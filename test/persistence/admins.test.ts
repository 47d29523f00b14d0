import { expect, test } from "vitest";
import { readPerson, removePerson, savePerson } from "#functions/people/people.store.ts";
import type { PersonRole } from "#shared/people/people.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const now = "2026-11-24T08:00:00.000Z";
const ofFile = { clientId: "desk", person: "admin" };
const as = (person: string) => ({ clientId: "desk", person });
const inspector: PersonRole[] = [{ role: "inspector" }];

/** Registers a person, in the name of the administrator whom the province file names. */
const register = (sub: string, roles: PersonRole[]) =>
  savePerson({ sub, person: { name: `نام ${sub}`, roles }, by: ofFile, now });
const registerAdmin = (sub: string) => register(sub, [{ role: "admin" }]);

test("an administrator who was removed changes nobody, even while their request is under way", async () => {
  await registerAdmin("removed");
  await removePerson({ sub: "removed", by: ofFile, now });
  const unknown = { code: "not-registered", reason: "person-unknown" };
  const person = { name: "الهام نوری", roles: inspector };
  await expect(savePerson({ sub: "a", person, by: as("removed"), now })).rejects.toMatchObject(unknown);
  expect(await readPerson("a")).toBeUndefined();
  await register("b", inspector);
  await expect(removePerson({ sub: "b", by: as("removed"), now })).rejects.toMatchObject(unknown);
  expect(await readPerson("b")).toMatchObject({ roles: inspector });
  const own = { name: "نام removed", roles: [{ role: "admin" as const }] };
  await expect(savePerson({ sub: "removed", person: own, by: as("removed"), now })).rejects.toMatchObject(unknown);
});

test("an administrator who got another role changes nobody", async () => {
  await registerAdmin("moved");
  await savePerson({ sub: "moved", person: { name: "نام", roles: inspector }, by: ofFile, now, ifMatch: ["1"] });
  const missing = { code: "not-registered", reason: "role-missing" };
  await register("c", inspector);
  await expect(removePerson({ sub: "c", by: as("moved"), now })).rejects.toMatchObject(missing);
});

test("a registered administrator registers and removes others, and changes their own name", async () => {
  await registerAdmin("present");
  const by = as("present");
  expect(await savePerson({ sub: "d", person: { name: "نام", roles: inspector }, by, now })).toBe(1);
  expect(await removePerson({ sub: "d", by, now })).toBe(true);
  const own = { name: "نام تازه", roles: [{ role: "admin" as const }] };
  expect(await savePerson({ sub: "present", person: own, by, now, ifMatch: ["1"] })).toBe(2);
});

test("of two administrators who remove each other at the same instant, one stays", async () => {
  for (let n = 0; n < 5; n++) {
    const [one, other] = [`one-${n}`, `other-${n}`];
    await Promise.all([registerAdmin(one), registerAdmin(other)]);
    const answers = await Promise.allSettled([
      removePerson({ sub: other, by: as(one), now }),
      removePerson({ sub: one, by: as(other), now }),
    ]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(answers.find((answer) => answer.status === "rejected")?.reason).toMatchObject({ code: "not-registered" });
    const left = await Promise.all([readPerson(one), readPerson(other)]);
    expect(left.filter((person) => person !== undefined)).toHaveLength(1);
  }
});
