import { DOMParser } from "@xmldom/xmldom";
import { expect, test } from "vitest";
import type { PublishedCell } from "#functions/figures/publication.ts";
import { judgedCounts, sum } from "#functions/figures/share.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import type { Table } from "#functions/figures/tables.ts";
import { type Drawing, svgOf } from "#functions/public-page/drawings/pen.ts";
import { strokesOfHundred } from "#functions/public-page/model/charts.ts";
import { agencyView, provinceView } from "#functions/public-page/model/page-views.ts";
import { embedSources, siteFiles } from "#functions/public-page/site.ts";
import { comparisonLabels } from "#functions/public-page/words/labels.ts";
import { monthLong } from "#functions/public-page/words/numbers-and-dates.ts";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { roundingBase } from "#shared/policy-numbers.ts";
import { addMonths, type Period } from "#shared/time/period.ts";
import { textOf } from "#shared/wording/html.ts";
import { aPublishedCell } from "../support/some-counts.ts";
import { aMaterial } from "./a-material.ts";
import { aPublishedWorld } from "./a-published-world.ts";
import { assets, pageOf as onePageOf, wordsOf } from "./page-text.ts";

const material = aMaterial(aPublishedWorld());
const files = new Map(siteFiles(material, assets).map((file) => [file.path, String(file.body)]));
const pageOf = (path: string) => files.get(path) ?? expect.unreachable();
const province = provinceView(material);
const shown = embedSources({ material, province, assets, language: "en" });

/** Of the latest period of a kind. */
const cellsOf = (kind: Period["kind"], wanted: Table) =>
  material.tables
    .filter(({ period, table }) => period.kind === kind && table === wanted)
    .toSorted((one, other) => one.period.name.localeCompare(other.period.name))
    .at(-1)?.cells ?? [];
const agencies = cellsOf("four-quarters", "agency");
const agencyCell = (id: string) => agencies.find(({ cell }) => cell.cell === id) ?? expect.unreachable();

/** The strokes of a cell's judged complaints, by the statistics alone. */
function strokesIn({ cell }: DerivedCell): number[] {
  const counts = Object.values(judgedCounts(cell) ?? expect.unreachable()).filter((count) => count > 0);
  return strokesOfHundred(counts).toSorted((a, b) => a - b);
}

const distance = (text: string | undefined, share = Number.NaN) => Math.abs(Number(text) - share * 100);
/** A part that is rounded by largest remainder is off by less than 1; two of five together by 1.2 at most. */
const isNear = (text: string | undefined, share: number | undefined) => distance(text, share) < 1;
const isNearTogether = (text: string | undefined, share: number | undefined) => distance(text, share) < 1.25;

const headingOf = (path: string) =>
  textOf({ html: /<h1>([\s\S]*?)<\/h1>/.exec(pageOf(path))?.[1] ?? expect.unreachable(path) });

function expectRange(said: string, { figures: { confirmedShare, confirmedOrSilentShare }, cell }: DerivedCell) {
  const [, from, to] = /(\d+)(?: to (\d+))?/.exec(said.replace("Of every 100", "")) ?? [];
  expect([isNear(from, confirmedShare), isNearTogether(to ?? from, confirmedOrSilentShare)], cell.cell).toEqual([
    true,
    true,
  ]);
}

test("what is embedded, and sent as a picture, says what stands on the province's page and draws what is published", () => {
  const { headline, accent = "", strokes } = shown.summary ?? expect.unreachable();
  const cell = cellsOf("month", "total")[0] ?? expect.unreachable();
  expect(headingOf("/en")).toBe(headline);
  expect(strokes.drawn.map((part) => part.strokes).toSorted((a, b) => a - b)).toEqual(strokesIn(cell));
  expectRange(accent, cell);
  expect(sum(strokes.words.parts.map((part) => part.strokes))).toBe(100);
});

test("the heading and the strokes of each agency's page are what is published", () => {
  const known = material.province.agencies.flatMap(({ id }) => {
    const view = agencyView(id, { material, province });
    return view?.row.summary.state === "known" ? [{ id, parts: view.row.summary.parts }] : [];
  });
  expect(known.length).toBeGreaterThan(10);
  for (const { id, parts } of known) {
    expectRange(headingOf(`/en/agencies/${id}`).replace(/^.*?(?=Of every 100)/, ""), agencyCell(id));
    expect(
      parts.map((part) => part.strokes).toSorted((a, b) => a - b),
      id,
    ).toEqual(strokesIn(agencyCell(id)));
  }
});

const titlesIn = (drawing: Drawing) =>
  [...new DOMParser().parseFromString(svgOf(drawing), "image/svg+xml").getElementsByTagName("title")].map(
    ({ textContent }) => textContent ?? "",
  );
const chartOf = (name: string) =>
  shown.charts.find((chart) => chart.name === name)?.drawing ?? expect.unreachable(`no chart ${name}`);

test("each column of the months says the range of its month", () => {
  const months = material.tables.filter(({ period, table }) => period.kind === "month" && table === "total").slice(-18);
  const titles = titlesIn(chartOf("months")).slice(1);
  expect(titles).toHaveLength(months.length);
  for (const { period, cells } of months) {
    const [, low, high] =
      titles
        .map((one) => one.match(/^(.*): (\d+) to (\d+) of 100$/)?.slice(1) ?? [])
        .find(([name]) => name === monthLong(period.name, "en")) ?? [];
    const { confirmedShare, confirmedOrSilentShare } = cells[0]?.figures ?? {};
    expect([isNear(low, confirmedShare), isNearTogether(high, confirmedOrSilentShare)], period.name).toEqual([
      true,
      true,
    ]);
  }
});

test("each mark of a funnel says the share, the number and the word of its agency", () => {
  const charts = shown.charts.filter(({ name }) => name.startsWith("funnel-"));
  const titles = charts.flatMap(({ drawing }) => titlesIn(drawing).slice(1));
  expect(titles.length).toBeGreaterThan(10);
  for (const title of titles) {
    const [, name, share, count, word] =
      /^(.*): (\d+) of 100 confirmed, ([\d,]+) complaints judged, (.*)$/.exec(title) ?? [];
    const { id } = material.province.agencies.find((one) => one.name.en === name) ?? expect.unreachable(title);
    const { confirmedShare, assessedCount, comparisonClass: standing } = agencyCell(id).figures;
    const said = standing && standing !== "too-few-complaints" ? comparisonLabels[standing].en : expect.unreachable();
    expect([isNear(share, confirmedShare), Number(count?.replace(",", "")), word], title).toEqual([
      true,
      assessedCount,
      said,
    ]);
  }
});

/** Thirteen months; the last few go well, so that a change is seen. */
function monthsOf(seed: number): { period: Period; cell: PublishedCell }[] {
  const chance = mulberry32(seed);
  const upTo = (most: number) => roundingBase * (1 + Math.floor((chance() * most) / roundingBase));
  return Array.from({ length: 13 }, (_, n) => {
    const late = { overturned: upTo(30), unanswered: upTo(30), late: upTo(60) };
    const outcome = { ...late, silent: upTo(120), confirmed: upTo(60) + (n > 10 ? 300 : 0) };
    const count = sum(Object.values(outcome));
    return { period: { kind: "month", name: addMonths("1404-05", n) }, cell: aPublishedCell({ outcome }, { count }) };
  });
}

/** The whole shares of a month, as its strokes are drawn. */
function sharesOf(cell: PublishedCell) {
  const parts = judgedCounts(cell) ?? expect.unreachable();
  const order = (["confirmed", "silent", "overturned", "late", "unanswered"] as const).map((outcome) => parts[outcome]);
  const [low = 0, silent = 0, overturned = 0, late = 0, unanswered = 0] = strokesOfHundred(order);
  expect(low + silent + overturned + late + unanswered).toBe(100);
  return { low: String(low), high: String(low + silent), unanswered: String(unanswered) };
}

/** What the months' section, the first screen, the chart and the picture say of the last month, and the table of all. */
function monthsSaid(months: ReturnType<typeof monthsOf>) {
  const own = aMaterial(
    months.map(({ period, cell }) => ({ period, tables: { total: [cell] } })),
    { since: "1404-05" },
  );
  const [page, text] = [onePageOf(own), wordsOf(own)];
  const { charts, summary } = embedSources({ material: own, province: provinceView(own), assets, language: "en" });
  const [, table = ""] = /<caption class="hidden">Month by month<\/caption>([\s\S]*?)<\/table>/.exec(page) ?? [];
  const rows = [...table.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)].map(([, name, cells = ""]) => {
    const [, range, unanswered] = [...cells.matchAll(/<td>(.*?)<\/td>/g)].map(([, html = ""]) => textOf({ html }));
    return { name, range, unanswered };
  });
  const numberOf = (name: string) =>
    textOf({ html: new RegExp(`>${name}</a> <strong class="number">(.*?)</strong>`).exec(page)?.[1] ?? "" });
  return {
    rows,
    headings: [/<h1>Of every 100 complaints, <em>(.*?)<\/em>/.exec(page)?.[1] ?? "", summary?.accent ?? ""].map(
      (html) => textOf({ html }),
    ),
    unanswered: [numberOf("Unanswered, of 100"), /(\d+) unanswered/.exec(text)?.[1]],
    high: [numberOf("In time and not overturned, of 100"), / upper end of the range \((\d+)\)/.exec(text)?.[1]],
    lows: [...(/The confirmed share: [^(]*\(([^)]*)\)/.exec(text)?.[1]?.matchAll(/(\d+) in (\w+)/g) ?? [])],
    chart: [...(charts[0]?.drawing.content.matchAll(/font-weight="700">(\d+)</g) ?? [])].map(([, number]) => number),
  };
}

test("a share of a month is one number wherever it stands: headline, strokes, months, other figures, trend, chart and picture", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const months = monthsOf(seed);
    const shares = months.map(({ cell }) => sharesOf(cell));
    const { low, high, unanswered } = shares.at(-1) ?? expect.unreachable();
    const said = monthsSaid(months);
    const ranges = shares.map((one) => ({ range: `${one.low} to ${one.high}`, unanswered: one.unanswered }));
    expect(said.rows.map(({ range, unanswered: never }) => ({ range, unanswered: never }))).toEqual(ranges);
    expect(said.headings).toEqual([`${low} to ${high}`, `${low} to ${high}`]);
    expect(said.unanswered).toEqual([unanswered, unanswered]);
    expect(said.high).toEqual([high, high]);
    expect(said.chart).toEqual([high, low]);
    expect(said.lows.map(([, number, month]) => [number, month])).toEqual([[low, "Mordad"]]);
  }
});

test("the feed has every closed period, and of an agency the class that its table has", () => {
  const feed = new DOMParser().parseFromString(pageOf("/en/feed.atom"), "application/xml");
  const titles = [...feed.getElementsByTagName("entry")].map((entry) =>
    [entry.getElementsByTagName("id")[0], entry.getElementsByTagName("title")[0]].map((one) => one?.textContent ?? ""),
  );
  expect(titles.filter(([, title]) => title?.endsWith("are published."))).toHaveLength(material.closed.length);
  const changes = titles.flatMap(([id = "", title = ""]) => {
    const [, window, agency] = /\/class\/([^/]+)\/(.+)$/.exec(id) ?? [];
    return window && agency ? [{ window, agency, title }] : [];
  });
  expect(changes.length).toBeGreaterThan(0);
  for (const { window, agency, title } of changes) {
    const table = material.tables.find(
      ({ period, table: one }) => one === "agency" && period.kind === "four-quarters" && period.name === window,
    );
    const standing = table?.cells.find(({ cell }) => cell.cell === agency)?.figures.comparisonClass;
    expect(
      standing && standing !== "too-few-complaints" && title.endsWith(`: ${comparisonLabels[standing].en}`),
      title,
    ).toBe(true);
  }
});
