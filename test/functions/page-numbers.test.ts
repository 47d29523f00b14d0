import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Material } from "#functions/page/material.ts";
import { groupsAt } from "#functions/page/model/agencies.ts";
import { monthsView } from "#functions/page/model/months.ts";
import { siteFiles } from "#functions/page/site.ts";
import { openStep } from "#shared/domain/statistics/open-now.ts";
import { goodShare } from "#shared/domain/statistics/outcome-band.ts";
import { withPeers } from "#shared/domain/statistics/peers.ts";
import { shownParts, sumOf } from "#shared/domain/statistics/shown-part.ts";
import { expectedIn } from "#shared/domain/statistics/standing.ts";
import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import { textOf } from "#shared/domain/telling/html.ts";
import { definitions } from "../../infra/documents/statistics/definitions.ts";
import { routes as apiRoutes } from "../../infra/routes.ts";
import { aMaterial, aPublishedWorld } from "../page/a-material.ts";

const material = aMaterial(aPublishedWorld({ months: 16, perMonth: 260 }));
const files = siteFiles(material, { style: "/style.css", fonts: ["/v.woff2"], definitions });
const bodyOf = (path: string) => String(files.find((file) => file.path === path)?.body);

const latin = (text: string) =>
  text.replace(/[۰-۹]/g, (digit) => `${digit.charCodeAt(0) - 0x6f0}`).replaceAll("٫", ".");
const plain = (text: string) => Number(latin(text).replace(/[٬,٪%]/g, ""));
const rounded = (number: number) => Math.round(number * 1_000) / 1_000;

/** Every number that the statistics tell of a cell, and the shares of its parts in what is counted. */
function numbersOf({ cell, figures }: ToldCell): number[] {
  const parts = Object.values(cell.parts ?? {}).flat();
  const outcome = shownParts(cell, "outcome").filter(({ classes }) => classes.some((one) => "DNLUG".includes(one)));
  const notGood = outcome.filter(({ classes }) => classes.every((one) => !["U", "G"].includes(one)));
  const share = goodShare(cell);
  return [
    cell.all,
    ...parts.map(({ shown }) => shown),
    ...outcome.map(({ shown }) => rounded(shown / sumOf(outcome))),
    rounded(sumOf(notGood) / sumOf(outcome)),
    share && share.good / share.all,
    sumOf(shownParts(cell, "solved")),
    ...Object.values(figures),
  ].filter((one) => typeof one === "number");
}

function numbersIn({ tables, province, open }: Material): Set<number> {
  const cells = tables.flatMap((table) => table.cells);
  const months = tables.filter(({ period, table }) => period.kind === "month" && table === "total");
  const { good } = monthsView(
    months.map(({ period, cells: [cell] }) => ({ month: period.name, cell: cell as ToldCell })),
  );
  const limits = "limits" in good.verdict ? Object.values(good.verdict.limits) : [];
  const agencies =
    tables.find(({ period, table }) => period.kind === "four-quarters" && table === "agency")?.cells ?? [];
  const groupOf = (id: string) => province.agencies.find((one) => one.id === id)?.peerGroup;
  const averages = [undefined, ...province.peerGroups.map(({ id }) => id)].flatMap((group) => {
    const expected = expectedIn(group, { cells: agencies.map(({ cell }) => cell), groupOf });
    return expected ? [rounded(expected.theta)] : [];
  });
  const waiting = [open?.count.province, ...Object.values(open?.count.agencies ?? {})].flatMap((one) =>
    Object.values(one ?? {}),
  );
  return new Set(
    [...cells.flatMap(numbersOf), ...limits, ...averages, ...waiting].filter((one) => typeof one === "number"),
  );
}

const isPage = (path: string) => !path.includes("definitions");

test("every number of the pages is one that the statistics tell, written as it is", () => {
  const known = numbersIn(material);
  const told = files
    .filter(({ path }) => isPage(path))
    .flatMap(({ path, body }) =>
      [...String(body).matchAll(/<data value="([^"]*)">([^<]*)<\/data>/g)].map(([, value, text = ""]) => ({
        path,
        value: Number(value),
        text,
      })),
    );
  expect(told.length).toBeGreaterThan(2_000);
  expect(told.filter(({ value }) => !known.has(value))).toEqual([]);
  // A share of strokes by largest remainder is off by less than one.
  const isWritten = (value: number, text: string) =>
    Number.isInteger(value) && value > 1
      ? plain(text) === value
      : Math.abs(plain(text) - value * 100) < 1 || Math.abs(plain(text) - value) <= 0.05;
  expect(told.filter(({ value, text }) => !isWritten(value, text))).toEqual([]);
});

test("no other number stands there than those of dates, times and rules", () => {
  const others = files
    .filter(({ path }) => isPage(path))
    .flatMap(({ body }) => {
      const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(String(body)) ?? [];
      const text = main.replace(/<(svg|data|time|dl class="meanings")[\s\S]*?<\/(svg|data|time|dl)>|<[^>]*>/g, " ");
      return latin(text).match(/\d+(\.\d+)?/g) ?? [];
    });
  const rules = ["128", "100", "5", "20", "10", "95", "99.8", "1", "3", "24", "48", "2", "6", "12", "72", "480"];
  const hours = ["7", "07", "30", "13", "00"];
  const { province, agencies } = material.open?.count ?? expect.unreachable();
  const steps = [province, ...Object.values(agencies)].flatMap((parts) => Object.values(parts));
  const stepEnds = steps.map((from) => String(Number(from) + openStep - 1));
  expect(
    [...new Set(others)].filter((one) => ![...rules, ...hours, ...stepEnds].includes(one) && !/^140[45]$/.test(one)),
  ).toEqual([]);
});

test("an agency that the province's file has moved to other peers stands, and is compared, as it was published", () => {
  const published = aPublishedWorld({ months: 16, perMonth: 260 });
  const { province } = material;
  const groupOf = (id: string) => province.agencies.find((one) => one.id === id)?.peerGroup;
  const agencies = province.agencies.map((one) => ({ ...one, peerGroup: "banks" }));
  const moved = { ...province, agencies };
  const rowsOf = (kept: typeof published, of = province) => {
    const { tables } = aMaterial(kept, { province: of });
    const compared = tables.filter(({ period, table }) => period.kind === "four-quarters" && table === "agency");
    return compared.flatMap(({ cells }) =>
      cells.map(({ cell, figures }) => [cell.cell, figures, groupsAt({ cells, province: of })(cell.cell)]),
    );
  };
  const kept = published.map((one) => withPeers(one, groupOf));
  expect(rowsOf(kept, moved)).toEqual(rowsOf(kept));
  const pagesOf = (of: typeof province) =>
    siteFiles(aMaterial(kept, { province: of }), { style: "/s.css", fonts: [], definitions }).map(
      ({ path, body }) => `${path} ${body}`,
    );
  expect(pagesOf(moved)).toEqual(pagesOf(province));
  expect(rowsOf(kept)).toEqual(rowsOf(published));
  // Of what was published before groups were kept, only the file tells.
  expect(rowsOf(published, moved)).not.toEqual(rowsOf(published));
});

test("groups beyond the fifth are closed and say in one line how many differ in them", () => {
  const ids = ["banks", ...Array.from({ length: 6 }, (_, n) => `kind-${n}`)];
  const peerGroups = ids.map((id) => ({ id, name: { fa: "گروه", en: `Group ${id}` } }));
  const agencies = material.province.agencies.map((one, n) => ({ ...one, peerGroup: ids[n % ids.length] }));
  const page = String(
    siteFiles(
      { ...material, province: { ...material.province, agencies, peerGroups } },
      { style: "/s.css", fonts: [], definitions },
    ).find(({ path }) => path === "/en")?.body,
  );
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

test("a group beyond the fifth says why nobody in it is judged, and nothing before four quarters are compared", () => {
  const ids = Array.from({ length: 7 }, (_, n) => `kind-${n}`);
  const peerGroups = ids.map((id) => ({ id, name: { fa: "گروه", en: `Group ${id}` } }));
  const agencies = material.province.agencies.map((one, n) => ({ ...one, peerGroup: ids[n % ids.length] }));
  const last = new Set(agencies.filter(({ peerGroup }) => peerGroup === "kind-6").map(({ id }) => id));
  /** The last group's line, where what is told of its agencies is changed. */
  const lineOf = (all: number | "<5" | "held-back" | undefined) => {
    const tables = material.tables.map((told) => {
      if (told.table !== "agency") return told;
      const cells = told.cells.map(({ cell, figures }) => {
        if (all === undefined) return { cell, figures: { ...figures, class: undefined } };
        return last.has(cell.cell) ? { cell: { cell: cell.cell, all }, figures: {} } : { cell, figures };
      });
      return { ...told, cells };
    });
    const made = { ...material, tables, province: { ...material.province, agencies, peerGroups } };
    const files = siteFiles(made, { style: "/s.css", fonts: [], definitions });
    const page = String(files.find(({ path }) => path === "/en")?.body);
    const [, says = ""] = page.match(/<h3>Group kind-6<\/h3> ([\s\S]*?)<\/summary>/) ?? expect.unreachable();
    return textOf({ html: says }).trim();
  };
  expect(lineOf("held-back")).toMatch(/^not told, so that nobody is known/);
  expect(lineOf("<5")).toMatch(/^no data, or fewer than 5/);
  expect(lineOf(undefined)).toBe("");
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
    const { goodLow, goodHigh, class: standing } = figures;
    const values = [...line.matchAll(/value="([^"]*)"/g)].map(([, value]) => Number(value));
    expect([word, values]).toEqual([standing, [cell.all, goodLow, goodHigh].filter((one) => one !== undefined)]);
  }
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

test("definitions write the names of the API as code, and nothing else of Markdown occurs in them", () => {
  const all = [
    ...definitions.general,
    ...Object.values(definitions.counts),
    ...[...definitions.figures, ...definitions.now].flatMap(({ counts, leavesOut, mayMislead }) => [
      counts,
      leavesOut,
      mayMislead,
    ]),
  ];
  for (const [language, path, tag] of [
    ["fa", "/definitions", '<code dir="ltr">'],
    ["en", "/en/definitions", "<code>"],
  ] as const) {
    const texts = all.map((text) => text[language]);
    const codes = texts.flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code));
    expect(codes.length).toBeGreaterThan(20);
    const page = bodyOf(path);
    for (const code of codes) expect(page).toContain(`${tag}${code}</code>`);
    expect(page).not.toContain("`");
    expect(texts.filter((text) => /[*_[\]#~]|^[-+] |\n/.test(text.replaceAll(/`[^`]+`/g, "")))).toEqual([]);
  }
});

test("what stands in a definition's backticks is escaped", () => {
  const text = { fa: "نشانهٔ `<5` و `a & b`.", en: "The mark `<5` and `a & b`." };
  const own = { ...definitions, general: [text], counts: {}, figures: [], parts: [] };
  const page = String(
    siteFiles(material, { style: "/s.css", fonts: [], definitions: own }).find(({ path }) => path === "/definitions")
      ?.body,
  );
  expect(page).toContain('<li>نشانهٔ <code dir="ltr">&lt;5</code> و <code dir="ltr">a &amp; b</code>.</li>');
});

test("every page is whole: one h1, no level left out, ids once, no script or style of its own, light enough", () => {
  for (const { path, type, body } of files) {
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
