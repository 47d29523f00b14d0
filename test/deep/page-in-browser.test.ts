import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { PublishedPeriod } from "#functions/figures/publication.ts";
import { requestedPeriods, StatisticsQuery } from "#functions/figures/statistics-query.api.ts";
import type { PageData } from "#functions/public-page/model/material.ts";
import { roundedNote } from "#functions/public-page/words/headline.ts";
import { routes } from "#infra/constructs/routes.ts";
import { aMaterial, aPageProvince } from "../public-page/a-material.ts";
import { aPublishedWorld, withPeerGroups } from "../public-page/a-published-world.ts";
import { issuesInPublic } from "../public-page/an-issue-in-public.ts";
import { type ServedSite, serveSite } from "../public-page/serve-site.ts";
import { probes } from "../public-page/site-probes.ts";
import { startBrowser } from "../support/browser.ts";

let browser: Browser;

/** Every agency has a peer group, there are more groups than the five that stand open, and somebody differs in the last. */
function ofManyGroups(year: readonly PublishedPeriod[]): PageData {
  const province = aPageProvince();
  const peerGroups = Array.from({ length: 8 }, (_, n) => ({ id: `kind-${n}`, name: { fa: "گونه", en: "Kind" } }));
  const agencies = province.agencies.map((one, n) => ({
    ...one,
    peerGroup: peerGroups.at((n - 1) % peerGroups.length)?.id,
  }));
  const groupOf = (id: string) => agencies.find((one) => one.id === id)?.peerGroup;
  return aMaterial(withPeerGroups(year, groupOf), { province: { ...province, peerGroups, agencies } });
}
/**
 * A province of which a year and a half is published, and one of which nothing is yet; one that had three complaints in its
 * only month, one that has issues of every state, one of which only the first month is published, one that owes a month, and one with more peer groups than
 * stand open.
 */
let sites: Record<"whole" | "young" | "mending" | "three" | "first" | "late" | "many", ServedSite>;
const inTheSecondMonth = { now: "2025-05-10T08:30:00.000Z", waiting: undefined };
beforeAll(async () => {
  const year = aPublishedWorld();
  const served = {
    whole: aMaterial(year),
    mending: aMaterial(year, { issues: issuesInPublic }),
    young: aMaterial([], { waiting: undefined }),
    three: aMaterial(aPublishedWorld({ months: 1, perMonth: 3 }), inTheSecondMonth),
    first: aMaterial(aPublishedWorld({ months: 1 }), inTheSecondMonth),
    many: ofManyGroups(year),
    late: aMaterial(year, { now: "2026-12-08T08:00:00.000Z" }),
  };
  const all = Object.entries(served).map(async ([of, material]) => [of, await serveSite(material)] as const);
  sites = Object.fromEntries(await Promise.all(all)) as typeof sites;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const site of Object.values(sites ?? {})) await site.close();
});

const provinces = ["whole", "young", "mending"] as const;
const sheets = provinces.flatMap((of) =>
  ["/", "/en", "/agencies/agency-2", "/en/agencies/agency-2"].map((path) => ({ of, path })),
);
const definitions = ["/definitions", "/en/definitions"].map((path) => ({ of: "whole" as const, path }));
const height = 900;
/** An A4 page without its margins, in CSS pixels. */
const paper = { width: 703, height: 1054 };
/** What a first visit may weigh over the wire, headers, style and fonts included. */
const budgetBytes = 100_000;

type Opened = { page: Page; complaints: string[]; requested: Request[] };

/** A page as a stranger's browser opens it, with all it asked for and complained of. */
async function open({ of, path }: { of: keyof typeof sites; path: string }, context?: BrowserContext): Promise<Opened> {
  const page = await (context ?? browser).newPage();
  const opened: Opened = { page, complaints: [], requested: [] };
  page.on("console", (message) => opened.complaints.push(message.text()));
  page.on("pageerror", (error) => opened.complaints.push(String(error)));
  page.on("requestfailed", (request) => opened.complaints.push(`failed: ${request.url()}`));
  page.on("response", (answer) => answer.ok() || opened.complaints.push(`${answer.status()}: ${answer.url()}`));
  page.on("request", (request) => opened.requested.push(request));
  await page.goto(`${sites[of].origin}${path}`, { waitUntil: "networkidle" });
  return opened;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const Violations = z.array(z.string());

/** What axe holds against the page, each with what it is about. */
async function violations(page: Page, { but = [] }: { but?: string[] } = {}): Promise<string[]> {
  const named = `.then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html.slice(0, 120) + " " + node.failureSummary)))`;
  const switchedOff = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]));
  const options = { runOnly: rules, resultTypes: ["violations"], rules: switchedOff };
  const run = `axe.run(document, ${JSON.stringify(options)})${named}`;
  return Violations.parse(await page.evaluate(run));
}

describe.each([...sheets, ...definitions])("the page of a $of province at $path", ({ of, path }) => {
  let opened: Opened;
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height } });
    opened = await open({ of, path }, context);
  });
  afterAll(() => context?.close());

  test("asks nobody but its own origin, complains of nothing, and is set in both its fonts", async () => {
    expect(opened.complaints).toEqual([]);
    const asked = opened.requested.map((request) => request.url());
    expect(asked.filter((url) => !url.startsWith(`${sites[of].origin}/`))).toEqual([]);
    expect(await opened.page.evaluate(probes.fonts)).toBe(2);
  });

  test("weighs less than its budget on a first visit", async () => {
    const sizes = await Promise.all(opened.requested.map((request) => request.sizes()));
    const weight = sizes.reduce(
      (sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize,
      0,
    );
    // A document, a style and two fonts, each of which weighs something.
    expect(sizes.filter(({ responseBodySize }) => responseBodySize > 1_000)).toHaveLength(4);
    expect(weight).toBeLessThan(budgetBytes);
  });

  test("has one first heading, its landmarks, and a name for each part", async () => {
    expect(await opened.page.evaluate(probes.landmarks)).toEqual({
      h1: 1,
      banner: 1,
      main: 1,
      contentinfo: 1,
      navigation: 2,
      unnamed: 0,
    });
  });

  test("is never scrolled sideways, with everything unfolded as well", async () => {
    const { page } = opened;
    const found: Record<string, unknown> = {};
    for (const state of ["folded", "unfolded"]) {
      if (state === "unfolded") await page.evaluate(probes.unfold);
      // 640 is what a window of 1280 has at a zoom of 200 %.
      for (const width of [320, 390, 640, 760, 1140, 1280]) {
        await page.setViewportSize({ width, height });
        found[`${width} ${state}`] = await page.evaluate(probes.wide);
      }
    }
    const none = { page: 0, over: [], full: [] };
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, none])));
  });

  test("can be read by everybody: light, dark, wide, on a phone and in print, unfolded", async () => {
    const { page } = opened;
    await page.evaluate(axeSource);
    const found: Record<string, string[]> = {};
    for (const width of [1280, 390])
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        found[`${colorScheme} at ${width}`] = await violations(page);
      }
    await page.setViewportSize(paper);
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    // Nobody points at paper.
    found.print = await violations(page, { but: ["target-size"] });
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
  });
});

const Row = z.object({
  name: z.string(),
  word: z.string(),
  top: z.number(),
  isSeen: z.boolean(),
  isFolded: z.boolean(),
});
const Rows = z.object({ differing: z.array(Row), asExpected: z.array(Row) });
const Drawn = z.array(z.object({ says: z.string(), beside: z.string() }));
const numbersIn = (text: string) => new Set(text.match(/[\d۰-۹]+([.٫/][\d۰-۹]+)?/g));

describe.each([...sheets, ...definitions])("nothing is lost of the page of a $of province at $path", ({ of, path }) => {
  let opened: Opened;
  let plain: Opened;
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height }, javaScriptEnabled: false });
    await context.route("**/*", (route) =>
      route.request().resourceType() === "image" ? route.abort() : route.continue(),
    );
    [opened, plain] = [await open({ of, path }), await open({ of, path }, context)];
  });
  afterAll(async () => {
    await opened?.page.close();
    await context?.close();
  });

  test("without scripts and images: every word is there, and what is folded opens", async () => {
    expect(plain.complaints).toEqual([]);
    const [whole, said] = [await opened.page.evaluate(probes.shown), await plain.page.evaluate(probes.shown)];
    expect(String(said).length).toBeGreaterThan(500);
    expect(said).toBe(whole);
    for (const details of await plain.page.locator("details").all()) {
      await details.locator("> summary").click();
      expect(await details.getAttribute("open")).toBe("");
    }
  });

  test("without drawings: every number that one says is written beside it", async () => {
    const drawn = Drawn.parse(await opened.page.evaluate(probes.drawn));
    const least = of === "whole" && !path.endsWith("/definitions") ? 1 : 0;
    expect(drawn.filter(({ says }) => numbersIn(says).size > 0).length).toBeGreaterThanOrEqual(least);
    const lost = drawn.filter(({ says, beside }) => !numbersIn(says).isSubsetOf(numbersIn(beside)));
    expect(lost).toEqual([]);
  });

  test("at 200 %: nothing is scrolled sideways, nor cut", async () => {
    const zoomed = await browser.newContext({ viewport: { width: 640, height: height / 2 }, deviceScaleFactor: 2 });
    const { page } = await open({ of, path }, zoomed);
    await page.evaluate(probes.unfold);
    const none = { page: 0, over: [], full: [] };
    expect([await page.evaluate(probes.wide), await page.evaluate(probes.cut)]).toEqual([none, []]);
    await zoomed.close();
  });
});

const says = {
  young: { words: "No figures are published yet", judges: false },
  three: { words: "Too few to say yet: ", judges: false },
  first: { words: "One month has figures", judges: false },
  late: { words: "are not published yet; they were due on", judges: true },
};

describe.each(Object.entries(says))("the page of a %s province", (of, { words, judges }) => {
  test("is honest, and whole on a phone as on a desk", async () => {
    const { page, complaints } = await open({ of: of as keyof typeof says, path: "/en" });
    const read = String(await page.evaluate(probes.shown));
    expect(read).toContain(words);
    expect(/clearly (worse|better)\./.test(read)).toBe(judges);
    await page.evaluate(axeSource);
    const none = { page: 0, over: [], full: [] };
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height });
      expect([await page.evaluate(probes.wide), await violations(page), complaints]).toEqual([none, [], []]);
    }
    await page.close();
  });
});

test.each(sheets)("the page of a $of province at $path is one sheet of A4 in print", async (sheet) => {
  const { page } = await open(sheet);
  const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ preferCSSPageSize: true })) }).promise;
  await page.close();
  const [, , width, sheetHeight] = (await pdf.getPage(1)).view;
  expect([pdf.numPages, Math.round(Number(width)), Math.round(Number(sheetHeight))]).toEqual([1, 595, 842]);
});

test.each(sheets.filter(({ of }) => of === "whole"))(
  "the note that numbers are rounded stands once on screen and once on paper at $path",
  async (sheet) => {
    const { page } = await open(sheet);
    const notes = async () =>
      String(await page.evaluate(probes.shown)).split(roundedNote[languageOf(sheet.path)]).length - 1;
    const onScreen = await notes();
    await page.emulateMedia({ media: "print" });
    expect([onScreen, await notes()]).toEqual([1, 1]);
    await page.close();
  },
);
const languageOf = (path: string) => (path.startsWith("/en") ? "en" : "fa");

test.each(["/", "/en"])("paper names who differs in groups that are closed, at %s, and nobody else", async (path) => {
  const { page } = await open({ of: "many", path });
  const closed = await page.locator("details.group.differs").count();
  expect(closed).toBeGreaterThan(0);
  await page.setViewportSize(paper);
  await page.emulateMedia({ media: "print" });
  const { differing, asExpected } = Rows.parse(await page.evaluate(probes.rows));
  await page.close();
  expect(differing.filter(({ isFolded }) => isFolded).length).toBeGreaterThan(0);
  expect(differing.filter(({ isSeen }) => !isSeen)).toEqual([]);
  expect(asExpected.filter(({ isSeen }) => isSeen)).toEqual([]);
  // Who is clearly worse stands before all others, of whichever group they are.
  const down = differing.toSorted((one, other) => one.top - other.top).map(({ word }) => word);
  expect(down.lastIndexOf("clearly-worse")).toBe(down.filter((word) => word === "clearly-worse").length - 1);
});

describe.each(provinces)("every link in the site of a %s province", (of) => {
  const documents = () => [...sites[of].files.values()].filter(({ type }) => type.startsWith("text/html"));
  const placesIn = (body: unknown) => new Set([...String(body).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  /** What a document leads to or shows, from the root of the site. */
  const linksIn = (body: unknown) =>
    [...String(body).matchAll(/ (?:href|src|content)="([^"]*)"/g)]
      .map(([, link = ""]) => link.replaceAll("&amp;", "&").replace(sites[of].publicUrl, ""))
      .filter((link) => link.startsWith("/") || link.startsWith("#"));

  test("leads to a page, and to a place on it where it names one", () => {
    const dead = documents().flatMap(({ path, body }) =>
      linksIn(body).flatMap((link) => {
        const [address = "", place] = link.split("#");
        if (address.startsWith("/v1/")) return [];
        const file = sites[of].files.get(address || path);
        const isThere = file && (place === undefined || placesIn(file.body).has(place));
        return isThere ? [] : [`${path}: ${link}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  test("to a table leads to one that is answered", () => {
    const asked = new Set(documents().flatMap(({ body }) => linksIn(body).filter((link) => link.startsWith("/v1/"))));
    expect(asked.size).toBeGreaterThan(of === "whole" ? 5 : 0);
    for (const link of asked) {
      const { pathname, searchParams } = new URL(link, sites[of].origin);
      expect(Object.keys(routes)).toContain(`GET ${pathname}`);
      if (pathname !== "/v1/statistics") continue;
      const query = StatisticsQuery.parse(Object.fromEntries(searchParams));
      expect(requestedPeriods(query, [{ month: "1405-08", periods: sites[of].closed }]).length, link).toBeGreaterThan(
        0,
      );
    }
  });

  test("of a drawing to a pattern leads to one on the same page", () => {
    const dead = documents().flatMap(({ path, body }) =>
      [...String(body).matchAll(/url\(#([^)]+)\)/g)]
        .filter(([, id]) => !placesIn(body).has(id))
        .map(([reference]) => `${path}: ${reference}`),
    );
    expect([...new Set(dead)]).toEqual([]);
  });
});
