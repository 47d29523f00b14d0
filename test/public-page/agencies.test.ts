import { describe, expect, test } from "vitest";
import type { PublishedCell } from "#functions/figures/publication.ts";
import { type AgencyRow, peerGroupOf } from "#functions/public-page/model/agencies.ts";
import { provinceView } from "#functions/public-page/model/page-views.ts";
import { siteFiles } from "#functions/public-page/site.ts";
import { differingAgenciesText } from "#functions/public-page/words/comparing.ts";
import { textOf } from "#shared/wording/html.ts";
import { aPublishedCell } from "../support/some-counts.ts";
import { aMaterial, aPageProvince } from "./a-material.ts";
import { aPublishedWorld, withPeerGroups } from "./a-published-world.ts";
import { assets, derived, pageOf, wordsOf } from "./page-text.ts";

const world = aPublishedWorld();
const province = aPageProvince();

test.each<[string[], string, string]>([
  [[], "No agency clearly differs from its peers.", "هیچ دستگاهی با همتایانش فرق آشکاری ندارد."],
  [
    ["possibly-different"],
    "None differs clearly; one is to be watched.",
    "هیچ دستگاهی فرق آشکاری ندارد؛ یکی درخور توجه است.",
  ],
  [
    ["possibly-different", "possibly-different"],
    "None differs clearly; two are to be watched.",
    "هیچ دستگاهی فرق آشکاری ندارد؛ دو دستگاه درخور توجه است.",
  ],
  [["clearly-worse"], "One agency is clearly worse.", "یک دستگاه آشکارا بدتر."],
  [
    ["clearly-worse", "clearly-worse", "clearly-better", "possibly-different"],
    "Two agencies are clearly worse, one clearly better.",
    "دو دستگاه آشکارا بدتر، یکی آشکارا بهتر.",
  ],
])("who differs: %j", (words, en, fa) => {
  const rows = words.map(
    (word, n): AgencyRow => ({
      id: `${n}`,
      name: { fa: "", en: "" },
      summary: { state: "unpublished" },
      class: word as "possibly-different",
      flags: [],
    }),
  );
  expect([differingAgenciesText(rows, "en"), differingAgenciesText(rows, "fa")]).toEqual([en, fa]);
});

describe("the lists of agencies", () => {
  test("name on the first screen those that differ, the clearly worse first", () => {
    const { differingAgencies } = provinceView(aMaterial(world));
    const words = differingAgencies.map((row) => row.class);
    expect(words).toEqual(["clearly-worse", "clearly-better", "possibly-different"]);
    const [, list = ""] = /<ul class="differing">([\s\S]*?)<\/ul>/.exec(pageOf(aMaterial(world))) ?? [];
    expect([...list.matchAll(/<a href="\/en\/agencies\/([^"]+)"/g)].map(([, id]) => id)).toEqual(
      differingAgencies.map(({ id }) => id),
    );
  });

  test("have every agency once, as compared, too few or no data, and a retired one at most once", () => {
    const serving = province.agencies.flatMap(({ id, retiredFrom }) => (retiredFrom ? [] : [id]));
    for (const published of [world, aPublishedWorld({ perMonth: 40 }), aPublishedWorld({ months: 4 })]) {
      const { groups } = provinceView(aMaterial(published));
      const ids = groups.flatMap(({ rows, tooFew, noData }) => [...rows, ...tooFew, ...noData].map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(serving.filter((id) => !ids.includes(id))).toEqual([]);
    }
  });

  test("have a retired agency only as long as its own complaints are in the period", () => {
    const without = (cell: PublishedCell) => (cell.cell === "agency-24" ? { cell: cell.cell, count: 0 } : cell);
    const later = world.map(({ period, tables }) => ({
      period,
      tables: { ...tables, ...(tables.agency && { agency: tables.agency.map(without) }) },
    }));
    const names = (published: typeof world) =>
      /<section id="agencies"[\s\S]*?<\/section>/
        .exec(pageOf(aMaterial(published)))?.[0]
        .includes("Gardens Department");
    expect([names(world), names(later)]).toEqual([true, false]);
  });
});

describe("an agency with a class and no share that can be said", () => {
  const period = { kind: "four-quarters" as const, name: "1405-Q2" };
  const others = [1, 6, 10, 14, 18].map((n) =>
    aPublishedCell({ outcome: { late: 100, confirmed: 100 } }, { cell: `agency-${n}`, peerGroup: null }),
  );
  const own = aPublishedCell({ outcome: { late: 10, silent: 10 } }, { cell: "agency-5", count: 25, peerGroup: null });
  const material = aMaterial([{ period, tables: { total: [derived(own).cell], agency: [...others, own] } }]);

  test("is among those with too few on the province's page, and on its own page too", () => {
    const standing = material.tables.find(({ table }) => table === "agency")?.cells.find(({ cell }) => cell === own);
    expect(standing?.figures.comparisonClass).toBe("clearly-worse");
    expect(wordsOf(material)).toContain("too few to say: Roads and Bridges Organization (about 25 complaints).");
    const page = wordsOf(material, "/en/agencies/agency-5");
    expect(page).toContain("Too few to say yet: about 25 complaints.");
    expect(page).toContain("It is not compared.Too few to say.");
    expect(page).not.toContain("clearly worse Chance");
  });
});

describe("peer groups", () => {
  const moved = { ...province, agencies: province.agencies.map((one) => ({ ...one, peerGroup: "banks" })) };

  test("are those of the day of publication, whatever the province's file says now", () => {
    const pagesOf = (of: typeof province) =>
      siteFiles(aMaterial(world, { province: of }), assets).map(({ path, body }) => `${path} ${body}`);
    expect(pagesOf(moved)).toEqual(pagesOf(province));
    const [cell] = [derived({ cell: "agency-1", count: 0, peerGroup: null })];
    expect(peerGroupOf({ id: "agency-1", peerGroup: "banks" }, [cell])).toBeUndefined();
  });

  test("are those of the file where none were published", () => {
    const quarterOnly = aPublishedWorld({ months: 4 });
    const groupsOf = (of: typeof province) =>
      provinceView(aMaterial(quarterOnly, { province: of })).groups.map(({ id }) => id);
    expect(groupsOf(province)).toEqual([undefined, "banks", "municipalities", "utilities"]);
    expect(groupsOf(moved)).toEqual(["banks"]);
  });
});

describe("groups beyond the fifth", () => {
  const ids = ["banks", ...Array.from({ length: 6 }, (_, n) => `kind-${n}`)];
  const peerGroups = ids.map((id) => ({ id, name: { fa: "گروه", en: `Group ${id}` } }));
  const groupOf = (id: string) => ids[province.agencies.findIndex((one) => one.id === id) % ids.length];
  const agencies = province.agencies.map((one) => ({ ...one, peerGroup: groupOf(one.id) }));
  const many = { ...province, agencies, peerGroups };
  const published = withPeerGroups(world, groupOf);

  test("are closed and say in one line how many differ in them", () => {
    const page = pageOf(aMaterial(published, { province: many }));
    const open = [...page.matchAll(/<div class="group"><h3>/g)];
    const closed = [
      ...page.matchAll(/<details class="group(?: differs)?"><summary><h3>([^<]*)<\/h3> ([\s\S]*?)<\/summary>/g),
    ];
    expect(open.length + closed.length).toBe(ids.length);
    expect(open.length).toBeLessThanOrEqual(5);
    const last = closed
      .filter(([, name = ""]) => /kind-[45]$/.test(name))
      .map(([, , says = ""]) => textOf({ html: says }));
    expect(last).toHaveLength(2);
    for (const says of last) expect(says).toMatch(/as expected|differs|clearly|watched|too few/);
  });

  const last = new Set(agencies.filter(({ peerGroup }) => peerGroup === "kind-5").map(({ id }) => id));
  /** The last group's line, where all of its agencies have a count alone. */
  const lineOf = (count: number) => {
    const few = published.map(({ period, tables }) => {
      const agency = tables.agency?.map((cell) =>
        last.has(cell.cell) ? { cell: cell.cell, count, peerGroup: cell.peerGroup } : cell,
      );
      return { period, tables: { ...tables, ...(agency && { agency }) } };
    });
    const page = pageOf(aMaterial(few, { province: many }));
    const [, says = ""] = page.match(/<h3>Group kind-5<\/h3> ([\s\S]*?)<\/summary>/) ?? expect.unreachable();
    return textOf({ html: says }).trim();
  };

  test.each([
    [15, /^too few to say, /],
    [0, /^no data, or fewer than 5; no complaints is no praise, /],
  ])("say why nobody in them is judged where all have a count of %i", (count, says) => {
    expect(lineOf(count)).toMatch(says);
  });

  test("are held to nothing before four quarters are closed", () => {
    const page = pageOf(aMaterial(aPublishedWorld({ months: 4 }), { province: many }));
    expect(page).toContain("<summary><h3>Group kind-5</h3> ");
    expect(page).not.toMatch(/peers’ average \d|average <data/);
  });
});
