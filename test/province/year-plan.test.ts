import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { routes } from "#infra/constructs/routes.ts";
import { acts, routesUnknownToYear } from "#infra/programs/demo/year/acts.ts";
import { spanOf } from "#infra/programs/demo/year/calendar.ts";
import { inventedProvince, mergedAgency } from "#infra/programs/demo/year/invented-province.ts";
import { conversations } from "#infra/programs/demo/year/perform.ts";
import { planOf } from "#infra/programs/demo/year/plan.ts";
import { citizensOfIssue, countOfScripts } from "#infra/programs/demo/year/scripts.ts";
import type { PlannedRequest } from "#infra/programs/demo/year/story.ts";
import { fileFaults } from "#infra/provinces/province-files.ts";
import { CallPurpose } from "#shared/complaints/confidential-log.ts";
import { fewestAskedAboutIssue } from "#shared/policy-numbers.ts";
import { provinceOf, readFile } from "#shared/province/province-file.ts";

const provinces = join(import.meta.dirname, "../../infra/provinces");
const contentOf = (name: string) => readFile(join(provinces, `${name}.json`)).content as Record<string, unknown>;
const calendar = readFile(join(provinces, "calendar/national.json")).content;

const span = spanOf(4);
const invented = inventedProvince(contentOf("qazvin"), span);
const province = provinceOf(invented, calendar);
const planned = (seed: string, complaints = 300) => planOf({ seed, complaints, span, province });

test("the invented province is one that could be deployed beside the real ones", () => {
  const others = ["qazvin", "alborz"].map((id) => ({ id, content: contentOf(id) }));
  expect(fileFaults({ id: "nowruzan", content: invented, calendar, others })).toEqual([]);
});

test("no county, agency or office of a real province is named in it", () => {
  const text = JSON.stringify({ invented, plan: planned("names") });
  for (const id of ["qazvin", "alborz"]) {
    const { name, counties, agencies } = JSON.parse(readFileSync(join(provinces, `${id}.json`), "utf8"));
    for (const real of [
      { name },
      ...counties,
      ...agencies,
      ...agencies.flatMap(({ offices }: { offices: [] }) => offices),
    ])
      for (const words of [real.name.fa, real.name.en, real.id ?? id]) expect(text).not.toContain(`"${words}"`);
  }
});

test("the hours and holidays of every day that is played are known", () => {
  const { national, holidaysUntil } = province.officeHours;
  const [from, until] = [span.from, span.until].map((at) => new Date(at).toISOString().slice(0, 10));
  expect(holidaysUntil >= (until ?? "")).toBe(true);
  expect([national[0]?.from, national.at(-1)?.to]).toEqual([expect.any(String), expect.any(String)]);
  expect((national[0]?.from ?? "") <= (from ?? "") && (national.at(-1)?.to ?? "") >= (until ?? "")).toBe(true);
});

test("the same seed makes the same plan, another one another", () => {
  expect(planned("a")).toEqual(planned("a"));
  expect(planned("a")).not.toEqual(planned("b"));
  const alone = planned("a", 10).filter(({ complaint }) => complaint === 3);
  expect(planned("a", 300).filter(({ complaint }) => complaint === 3)).toEqual(alone);
});

test("it is in the order of time, within its span, and each complaint begins with its filing", () => {
  const plan = planned("order");
  expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).sort((one, other) => one - other));
  expect(plan.every(({ at }) => at >= span.from && at < span.until)).toBe(true);
  const lives = [...Map.groupBy(plan, ({ complaint }) => complaint).values()];
  expect(lives).toHaveLength(300);
  for (const acts of lives) {
    expect(acts.map(({ step }) => step)).toEqual(acts.map((_, n) => n));
    expect(acts[0]?.act).toBe("filing");
  }
});

test("the characters do what they are there for", () => {
  const plan = planned("characters", 2_000);
  const lives = [...Map.groupBy(plan, ({ complaint }) => complaint).values()];
  const filedAt = (agencyId: string) => lives.filter(([first]) => first?.body.agencyId === agencyId);
  const share = (agencyId: string, is: (acts: PlannedRequest[]) => boolean) =>
    filedAt(agencyId).filter(is).length / filedAt(agencyId).length;
  const has = (wanted: string) => (acts: PlannedRequest[]) => acts.some(({ act }) => act === wanted);
  const clicked = (acts: PlannedRequest[]) =>
    acts.some((act) => act.act === "acknowledgement" && act.at === acts[0]?.at);
  expect(share("taban-power", clicked)).toBeGreaterThan(0.9);
  expect(share("taban-power", has("answer"))).toBeLessThan(0.3);
  const silent = (acts: PlannedRequest[]) =>
    acts.every(({ act }) => !["acceptance", "dispute", "decision"].includes(act));
  expect(share("bank-mahtab", silent)).toBeGreaterThan(0.7);
  expect(share("aftabgardan-hospital", has("withdrawal"))).toBeGreaterThan(0.15);
  expect(share("land-registry", has("transfer"))).toBeGreaterThan(0.3);
  expect(filedAt("yas-hospital").length).toBeLessThan(20);
  expect(filedAt(mergedAgency.id).every(([first]) => (first?.at ?? 0) < span.joinedAt)).toBe(true);
  const week = lives.filter(([first]) => first && first.at >= span.outage.from && first.at < span.outage.to);
  expect(week.filter(([first]) => first?.body.category === "systems-not-ready").length).toBeGreaterThan(80);
});

test("every route that changes something is an act of the year, or is excluded for a reason", () => {
  expect(routesUnknownToYear(Object.keys(routes))).toEqual([]);
  const planted = "POST /v1/agency/complaints/{id}/assignment";
  expect(routesUnknownToYear([...Object.keys(routes), planted])).toEqual([planted]);
});

test("an operator of the year knows every purpose of a call", () => {
  expect(Object.keys(conversations).sort()).toEqual(CallPurpose.options.toSorted());
});

test("enough citizens have one matter that they are asked whether it is mended", () => {
  expect(citizensOfIssue).toBeGreaterThanOrEqual(fewestAskedAboutIssue);
});

test("even a small year has every act", () => {
  const told = planned("small", countOfScripts);
  const never = Object.keys(acts).filter((act) => told.every((one) => one.act !== act));
  expect(never).toEqual([]);
});
