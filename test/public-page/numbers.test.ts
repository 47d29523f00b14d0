import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { expectedShareFor } from "#functions/figures/comparison.ts";
import { Figures } from "#functions/figures/figures.ts";
import { assessedOutcomes, judgedCounts, sum, toThreeDecimals } from "#functions/figures/share.ts";
import { idFieldOf, StatisticsRow, statisticsRow } from "#functions/figures/statistics-rows.api.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import { cellKey, dimensionsOf } from "#functions/figures/tables.ts";
import { WaitingStatistics } from "#functions/figures/waiting.ts";
import type { DerivedTable, PageData, SiteFile } from "#functions/public-page/model/material.ts";
import { siteFiles } from "#functions/public-page/site.ts";
import { routes as apiRoutes } from "#infra/constructs/routes.ts";
import { definitions } from "#infra/programs/documents/statistics/definitions.ts";
import { roundingBase, waitingRoundingBase } from "#shared/policy-numbers.ts";
import { aMaterial } from "./a-material.ts";
import { aPublishedWorld } from "./a-published-world.ts";

const assets = { style: "/style.css", fonts: ["/v.woff2"], definitions };
/** A province of a year and a half, one whose first quarter is closed, and one of which hardly anything can be said. */
const materials = {
  whole: aMaterial(aPublishedWorld()),
  young: aMaterial(aPublishedWorld({ months: 4 })),
  few: aMaterial(aPublishedWorld({ months: 13, perMonth: 15 })),
};
const material = materials.whole;
const files = siteFiles(material, assets);
const bodyOf = (path: string) => String(files.find((file) => file.path === path)?.body);
const isPage = ({ path, type }: SiteFile) => type.startsWith("text/html") && !path.includes("definitions");

const latin = (text: string) =>
  text.replace(/[۰-۹]/g, (digit) => `${digit.charCodeAt(0) - 0x6f0}`).replaceAll("٫", ".");
const plain = (text: string) => Number(latin(text).replace(/[٬,]/g, ""));

/** What is counted in a cell, as published; and the numbers that breakdowns add up to. */
function countsOf({ cell }: DerivedCell): number[] {
  const { solved } = cell.breakdowns ?? {};
  return [
    cell.count,
    ...Object.values(judgedCounts(cell) ?? {}),
    ...Object.values(cell.breakdowns ?? {}).map((parts) => sum(Object.values(parts))),
    ...(solved ? Object.values(solved) : []),
  ];
}

/** The figures of a cell, and the shares of its outcomes. */
function sharesOf({ cell, figures }: DerivedCell): number[] {
  const parts = judgedCounts(cell);
  const judged = sum(Object.values(parts ?? {}));
  const shareOf = (count: number) => toThreeDecimals(count / judged);
  const notGood = parts ? parts.overturned + parts.unanswered + parts.late : 0;
  return [
    ...assessedOutcomes.flatMap((outcome) => (parts ? [shareOf(parts[outcome])] : [])),
    shareOf(notGood),
    ...Object.values(figures).filter((one) => typeof one === "number"),
    ...meanIn({ cell, figures }),
  ];
}

/** The mean mark for the handling, which is no share, as it is written. */
function meanIn({ figures: { handlingMean } }: DerivedCell): number[] {
  return handlingMean === undefined ? [] : [Math.round(handlingMean * 10) / 10];
}

/** The shares that peer groups are compared with. */
function averagesIn({ tables, province }: PageData): number[] {
  const agencies = tables.findLast(({ period, table }) => period.kind === "four-quarters" && table === "agency");
  const cells = agencies?.cells.map(({ cell }) => cell) ?? [];
  const groups = [undefined, ...province.peerGroups.map(({ id }) => id)];
  return groups.flatMap((group) => toThreeDecimals(expectedShareFor(group, cells)?.theta ?? 0));
}

function waitingIn({ waiting }: PageData): number[] {
  const rows = [waiting?.count.province, ...Object.values(waiting?.count.agencies ?? {})];
  return [...rows, ...(waiting?.past.map(({ province }) => province) ?? [])]
    .flatMap((row) => Object.values(row ?? {}))
    .filter((one) => typeof one === "number");
}

type Said = { path: string; value: number; text: string };
const numbersOn = (all: readonly SiteFile[]): Said[] =>
  all
    .filter(isPage)
    .flatMap(({ path, body }) =>
      [...String(body).matchAll(/<data(?: class="few")? value="([^"]*)">([^<]*)<\/data>/g)].map(
        ([, value, text = ""]) => ({ path, value: Number(value), text }),
      ),
    );

describe.each(Object.entries(materials))("the pages of a %s province", (name, own) => {
  const said = numbersOn(siteFiles(own, assets));
  const cells = own.tables.flatMap((table) => table.cells);

  test("have no number that is not published or derived from published numbers", () => {
    const known = new Set([
      ...cells.flatMap(countsOf),
      ...cells.flatMap(sharesOf),
      ...averagesIn(own),
      ...waitingIn(own),
    ]);
    expect(said.length).toBeGreaterThan(name === "whole" ? 2_000 : 100);
    expect(said.filter(({ value }) => !known.has(value))).toEqual([]);
  });

  test("have counts that are multiples of five, what waits of ten, and shares otherwise", () => {
    const waiting = new Set(waitingIn(own));
    const isCount = ({ value }: Said) => Number.isInteger(value) && value > 1;
    const means = new Set(own.tables.flatMap((table) => table.cells.flatMap(meanIn)));
    const isMean = ({ value }: Said) => value < roundingBase && means.has(value);
    const counts = said.filter((one) => isCount(one) && !isMean(one));
    expect(counts.length).toBeGreaterThan(50);
    expect(counts.filter(({ value }) => value % roundingBase !== 0)).toEqual([]);
    expect([...waiting].filter((value) => value % waitingRoundingBase !== 0)).toEqual([]);
    const others = said.filter((one) => !isCount(one) && !isMean(one));
    expect(others.filter(({ value }) => value < 0 || value > 1)).toEqual([]);
  });

  test("have every number as it is written: counts alike, shares of a hundred, 0 to 4", () => {
    const few = ["0 to 4", "0 to 4", "۰ تا ۴", "صفر تا چهار"];
    // Parts are rounded by largest remainder: one is off by less than 1, two of five together by 1.2 at most.
    const isWritten = ({ value, text }: Said) =>
      (value === 0 && few.includes(text)) ||
      (Number.isInteger(value) && value > 1
        ? plain(text) === value
        : Math.abs(plain(text) - value * 100) < 1.25 || Math.abs(plain(text) - value) <= 0.05);
    expect(said.filter((one) => !isWritten(one))).toEqual([]);
  });

  test("have no other numbers than those of dates, times and rules", () => {
    const others = siteFiles(own, assets)
      .filter(isPage)
      .flatMap(({ body }) => {
        const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(String(body)) ?? [];
        const text = main.replace(/<(svg|data|time|dl class="meanings")[\s\S]*?<\/(svg|data|time|dl)>|<[^>]*>/g, " ");
        return latin(text).match(/\d+(\.\d+)?/g) ?? [];
      });
    const rules = ["128", "100", "5", "20", "95", "99.8", "1", "3", "24", "48"];
    const hours = ["7", "07", "10", "30", "13", "00"];
    const unknown = [...new Set(others)].filter((one) => ![...rules, ...hours].includes(one) && !/^140[45]$/.test(one));
    expect(unknown).toEqual([]);
  });
});

test("an agency's line has its own numbers, and those of its own page", () => {
  const agencies =
    material.tables.find(({ period, table }) => period.kind === "four-quarters" && table === "agency")?.cells ?? [];
  const lines = [
    ...bodyOf("/en").matchAll(/<tr class="([^"]+)"><th scope="row"><a href="\/en\/agencies\/([^"]+)">[\s\S]*?<\/tr>/g),
  ];
  expect(lines.length).toBeGreaterThan(10);
  for (const [line, word, id] of lines) {
    const { cell, figures } = agencies.find((one) => one.cell.cell === id) ?? expect.unreachable();
    const { confirmedShare, confirmedOrSilentShare, comparisonClass: standing } = figures;
    const values = [...line.matchAll(/value="([^"]*)"/g)].map(([, value]) => Number(value));
    expect([word, values]).toEqual([standing, [cell.count, confirmedShare, confirmedOrSilentShare]]);
    expect(bodyOf(`/en/agencies/${id}`)).toContain(`about <data value="${cell.count}">`);
  }
});

describe("from the documents of the statistics anybody can make the same site", () => {
  /** What the documents do not publish must not show: here every cell keeps a secret of its own. */
  const secretive: PageData = {
    ...material,
    tables: material.tables.map((one, n) => ({
      ...one,
      cells: one.cells.map(({ cell, figures }, m) => ({ cell: { ...cell, secret: `${n}-${m}` }, figures })),
    })),
  };

  /** A table as `GET /v1/statistics` answers it, read by a stranger. */
  function fromDocument({ period, table, cells }: DerivedTable): DerivedTable {
    const sent = JSON.stringify(cells.map((cell) => statisticsRow(cell, { period, table })));
    const rows = StatisticsRow.array().parse(JSON.parse(sent));
    return { period, table, cells: rows.map((row) => cellOf(row, table)) };
  }

  function cellOf(row: StatisticsRow, table: DerivedTable["table"]): DerivedCell {
    const place = Object.fromEntries(dimensionsOf[table].map((dimension) => [dimension, row[idFieldOf[dimension]]]));
    const cell = cellKey(table, place) ?? expect.unreachable();
    // As the catalog has it.
    const { peerGroup = null } = material.province.agencies.find(({ id }) => id === cell) ?? {};
    const published = { cell, count: row.count, breakdowns: row.breakdowns, peerGroup };
    return { cell: published, figures: Figures.parse(row) };
  }

  /** As `GET /v1/statistics/waiting` answers it. */
  const waiting = material.waiting && {
    ...material.waiting,
    count: WaitingStatistics.parse(JSON.parse(JSON.stringify(material.waiting.count))),
  };
  const rebuilt = { ...secretive, tables: secretive.tables.map(fromDocument), waiting };

  /** What a drawing or a picture follows from stands for its bytes, which take long to draw. */
  const saidBy = (of: PageData) =>
    new Map(
      siteFiles(of, assets).map(({ path, body, sourceText }) => [path, typeof body === "function" ? sourceText : body]),
    );
  const different = (one: PageData, other: PageData) => {
    const [real, guessed] = [saidBy(one), saidBy(other)];
    expect(real.size).toBeGreaterThan(50);
    return [...real].filter(([path, said]) => said === undefined || guessed.get(path) !== said).map(([path]) => path);
  };

  test("to the byte: it says nothing else", () => {
    expect(different(secretive, rebuilt)).toEqual([]);
  });

  test("whatever the order of their rows: no order of a list says more", () => {
    const shuffled = secretive.tables.map((one) => {
      // The agencies of four quarters stand in an order, by numbers that stand beside them.
      const isOrdered = one.table === "agency" && one.period.kind === "four-quarters";
      const backwards = one.cells.toSorted((a, b) => b.cell.cell.localeCompare(a.cell.cell));
      return isOrdered ? one : { ...one, cells: backwards };
    });
    expect(different(secretive, { ...secretive, tables: shuffled })).toEqual([]);
  });
});

test("every link leads to a page of the site, a place on it, or a route of the API", () => {
  const paths = new Map(files.map(({ path, body }) => [path, String(body)]));
  const routes = Object.keys(apiRoutes).map((route) => route.replace("GET ", ""));
  const made = /^(\/embed\/(fa|en)\/[\w-]+\.svg|(\/en)?\/feed\.atom|\/style\.css|\/v\.woff2)$/;
  const dead = files.flatMap(({ path, body }) =>
    [...String(body).matchAll(/\shref="([^"]*)"/g)].flatMap(([, href = ""]) => {
      if (/^(https:|tel:|data:)/.test(href) || made.test(href)) return [];
      const [, place, , id] = /^([^#?]*)(\?[^#]*)?#?(.*)$/.exec(href) ?? [];
      const page = paths.get(place || path);
      const isThere = page === undefined ? routes.includes(place ?? "") : !id || page.includes(` id="${id}"`);
      return isThere ? [] : [`${path} → ${href}`];
    }),
  );
  expect(dead).toEqual([]);
});

test("every page is whole: one h1, no level left out, ids once, no script or style of its own, light enough", () => {
  for (const { path, type, body } of Object.values(materials).flatMap((own) => siteFiles(own, assets))) {
    if (!type.startsWith("text/html")) continue;
    const page = String(body);
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(
      levels.filter((level) => level === 1),
      path,
    ).toHaveLength(1);
    expect(
      levels.some((level, n) => level > (levels[n - 1] ?? 0) + 1),
      path,
    ).toBe(false);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size, path).toBe(ids.length);
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|undefined|\[object|NaN/);
    for (const name of ["p", "ul", "ol", "dl", "table", "section", "details", "div", "figure", "span", "li"])
      expect(page.match(new RegExp(`<${name}[ >]`, "g"))?.length, `${path} ${name}`).toBe(
        page.match(new RegExp(`</${name}>`, "g"))?.length,
      );
  }
  expect(gzipSync(bodyOf("/")).length).toBeLessThan(20_000);
});
