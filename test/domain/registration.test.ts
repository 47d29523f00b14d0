import { expect, test } from "vitest";
import { agenciesSince, formerAgenciesAfter, nameAt, type Registration } from "#shared/people/registration.ts";

const day = (n: number) => `2026-11-${String(n).padStart(2, "0")}T08:00:00.000Z`;
const officerAt = (agencyId: string) => [{ role: "officer", agencyId }];

test("a registration keeps every agency that it named, also through a removal and a return", () => {
  let registration: Registration = { sk: "one", roles: officerAt("gas"), version: 1, at: day(1) };
  const changeTo = (roles: unknown[], at: string) => {
    registration = { ...registration, roles, at, formerAgencies: formerAgenciesAfter(registration, { roles, at }) };
  };
  changeTo(officerAt("post"), day(2));
  changeTo([], day(3));
  changeTo([{ role: "inspector" }], day(4));
  expect(registration.formerAgencies).toEqual([
    { agencyId: "gas", until: day(2) },
    { agencyId: "post", until: day(3) },
  ]);
  expect(agenciesSince(registration, day(3))).toEqual(["post"]);
  changeTo(officerAt("gas"), day(5));
  expect(agenciesSince(registration, day(4))).toEqual(["gas"]);
  changeTo([], day(6));
  expect(agenciesSince(registration, day(5))).toEqual(["gas"]);
});

test("a name of an earlier day is the name of that day", () => {
  const stored = {
    pk: "person#one",
    name: "سوم",
    formerNames: [
      { name: "نخست", until: day(2) },
      { name: "دوم", until: day(4) },
    ],
  };
  expect([1, 2, 3, 4, 5].map((n) => nameAt(stored, day(n)))).toEqual(["نخست", "دوم", "دوم", "سوم", "سوم"]);
});
