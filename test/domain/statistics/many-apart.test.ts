import { describe, expect, test } from "vitest";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import { monthNamed } from "#shared/domain/statistics/iranian-month.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedTables } from "#shared/domain/statistics/published.ts";
import { standingsOf } from "#shared/domain/statistics/standing.ts";
import { type Counted, count, noTallies, type Tallies } from "#shared/domain/statistics/tallies.ts";
import { mulberry32 } from "../../../infra/demo/year/chance.ts";

type Outcomes = Partial<Record<"D" | "N" | "L" | "apart" | "U" | "G", number>>;
type Work = { outcomes: Outcomes; unsolved: number };

const agencies = Array.from({ length: 10 }, (_, n) => `agency-${n}`);
const [own = ""] = agencies;
const peers: Work = { outcomes: { D: 8, N: 7, L: 15, U: 60, G: 110 }, unsolved: 2 };
const called = 32;

/** Four quarters of ten peers, of which the first works as is said, as the public reads them. */
function published(work: Work): PublishedTables {
  const chance = mulberry32(11);
  const tallies = noTallies();
  for (const agency of agencies) workOf(tallies, agency, agency === own ? work : peers);
  const months = Array.from({ length: 12 }, (_, n) => monthNamed(1404, n + 1));
  const cohorts = new Map(months.map((month, n) => [month, n === 0 ? tallies : noTallies()]));
  const values = { agency: agencies, category: ["postponed-without-reason"], county: ["qazvin"], cause: [] };
  const all = publish({ closing: "1404-12", cohorts, earlier: [], values, agencies: [], retirable: {} });
  return all.find(({ period }) => period.kind === "four-quarters")?.tables ?? {};

  function workOf(into: Tallies, agency: string, { outcomes, unsolved }: Work): void {
    const place = { agency, category: "postponed-without-reason", county: "qazvin" };
    for (const [name, size] of Object.entries(outcomes))
      for (let n = 0; n < size; n++) {
        const measures: Counted["measures"] = [`outcome:${name}`, ...(name === "G" && n < called ? [said(n)] : [])];
        count(into, { recordKey: Math.floor(chance() * 256), place, measures, holders: [] });
      }

    function said(n: number): Counted["measures"][number] {
      return `called-acceptors-solved:${n < unsolved ? "no" : "yes"}`;
    }
  }
}

function told(work: Work) {
  const { agency: cells = [], total: [province] = [] } = published(work);
  const cell = cells.find((one) => one.cell === own);
  if (!cell || !province) throw new Error("nothing is published of it");
  const { class: name } = standingsOf({ cells, province, groupOf: () => "offices" }).get(own) ?? {};
  const { counted = 0, goodLow = 0 } = figuresOf(cell);
  return { class: name, counted, goodLow };
}

const best = { outcomes: { D: 1, L: 1, U: 40, G: 160 }, unsolved: 2 };
const silent = { outcomes: { D: 1, L: 1, U: 110, G: 88 }, unsolved: 2 };
const pressing = { outcomes: { D: 1, L: 1, U: 88, G: 110 }, unsolved: 24 };

describe("what is apart takes an agency out of no class, and lowers nothing that is told of it", () => {
  test.each([
    ["a rival's front end files sixty about the best", "clearly-better", best, 60],
    ["who leaves half of its citizens silent files forty about itself and withdraws them", "watch", silent, 40],
    ["who presses its citizens to accept withdraws eighty", "watch", pressing, 80],
    ["who presses its citizens to accept withdraws six hundred", "watch", pressing, 600],
    ["a rival's front end files two thousand about the best", "clearly-better", best, 2_000],
  ])("where %s: %s", (_, name, work, apart) => {
    const [before, after] = [told(work), told({ ...work, outcomes: { ...work.outcomes, apart } })];
    expect([before.class, after.class]).toEqual([name, name]);
    expect(Math.abs(after.counted - before.counted)).toBeLessThanOrEqual(10);
    expect(after.goodLow).toBeGreaterThan(before.goodLow - 0.04);
  });

  test("and makes no agency one of twenty", () => {
    const few = { outcomes: { N: 7 }, unsolved: 0 };
    const withdrawn = { ...few, outcomes: { N: 7, apart: 60 } };
    expect([told(few).class, told(withdrawn).class]).toEqual(["too-few", "too-few"]);
  });
});
