import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-wasm";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import type { ComparisonClass } from "#functions/figures/comparison.ts";
import type { AssessedOutcome } from "#functions/figures/share.ts";
import type { Drawing } from "#functions/public-page/drawings/pen.ts";
import { getSvgRenderer, standaloneSvg } from "#functions/public-page/embed.ts";
import type { PageData, PageProvince } from "#functions/public-page/model/material.ts";
import { provinceView } from "#functions/public-page/model/page-views.ts";
import { type SharePictureInput, shareDrawing } from "#functions/public-page/share-picture.ts";
import { embedFiles, embedSources, feedFile } from "#functions/public-page/site.ts";
import { drawingFiles } from "#shared/runtime/bundled-files.ts";
import { closesOn } from "#shared/time/period.ts";
import type { Language } from "#shared/vocabulary.ts";
import { textOf } from "#shared/wording/html.ts";
import { aPublishedCell } from "../support/some-counts.ts";
import { aMaterial, aPageProvince } from "./a-material.ts";
import { assets, derived } from "./page-text.ts";

const read = (xml: string) =>
  new DOMParser({
    onError: (_, message) => {
      throw new Error(message);
    },
  }).parseFromString(xml, "application/xml");

const shared: SharePictureInput = {
  language: "fa",
  name: "استان <نمونه> & کوهستان",
  headline: "از هر ۱۰۰ شکایت، ۳۷ تا ۶۴ مورد پاسخ خوب گرفت.",
  accent: "۳۷ تا ۶۴",
  strokes: {
    drawn: [
      { kind: "accepted", strokes: 37 },
      { kind: "silent", strokes: 27 },
      { kind: "not-good", strokes: 36 },
    ],
    words: {
      parts: [
        { strokes: 37, words: "شهروند پذیرفت" },
        { strokes: 27, words: "شهروند ساکت" },
        { strokes: 36, words: "پاسخ خوب نگرفت" },
      ],
    },
  },
  asOf: "مهر ۱۴۰۵",
  note: "هر عدد به مضربی از پنج گرد شده است.",
  address: "128.example.ir",
};

test("an embed has its words as shapes and says of itself what it is; the picture has the size that messengers ask for", async () => {
  const files = embedFiles({ language: "fa", source: shared.address, summary: shared, charts: [] });
  expect(files.map(({ path }) => path)).toEqual(["/embed/fa/glance.svg", "/share/fa/province.png"]);
  const [embed, bytes] = await Promise.all(files.map(({ body }) => (typeof body === "function" ? body() : body)));
  const root = read(String(embed)).documentElement;
  expect(root?.getAttribute("role")).toBe("img");
  expect(root?.getElementsByTagName("title").item(0)?.textContent).toBe(`${shared.name}: ${shared.headline}`);
  expect(root?.getElementsByTagName("desc").item(0)?.textContent).toBe(
    `${shared.note} ${shared.asOf}. ${shared.address}`,
  );
  expect(String(embed)).not.toMatch(/<text|font|class=|style=|href=|NaN/);
  const picture = Buffer.from(bytes as Uint8Array);
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
});

describe("a picture for messengers", async () => {
  await getSvgRenderer();
  const fontBuffers = [drawingFiles["vazirmatn-400.ttf"], drawingFiles["vazirmatn-700.ttf"]].map((name) =>
    readFileSync(new URL(`../../${name}`, import.meta.url)),
  );

  type Measured = { says: string; x: number; y: number; width: number; height: number };
  const known = new Map<string, Measured>();

  /** Where a piece of a drawing is painted, by its glyphs. */
  function measured(piece: Drawing, says: string): Measured {
    const before = known.get(piece.content);
    if (before) return before;
    const rendered = new Resvg(standaloneSvg(piece), { font: { fontBuffers, loadSystemFonts: false } });
    const { x, y, width, height } = rendered.getBBox() ?? expect.unreachable(says);
    rendered.free();
    const box = { says, x, y, width, height };
    known.set(piece.content, box);
    return box;
  }

  /** The strokes as one, each swatch and each text. */
  function boxesOf(drawing: Drawing) {
    const pieces = drawing.content.match(/<g .*?<\/g>|<path [^>]*>|<text .*?<\/text>/g) ?? [];
    return pieces.map((content) =>
      measured({ ...drawing, title: "", content }, textOf({ html: content }) || content.slice(0, 40)),
    );
  }

  function faultsOf(own: SharePictureInput): string[] {
    const boxes = boxesOf(shareDrawing(own));
    expect(boxes.length).toBeGreaterThanOrEqual(7);
    const over = boxes.filter(({ x, y, width, height }) => x < 20 || y < 20 || x + width > 1180 || y + height > 620);
    const pairs = boxes.flatMap((one, n) => boxes.slice(n + 1).map((other) => ({ one, other })));
    const met = pairs.filter(
      ({ one, other }) =>
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height,
    );
    return [
      ...over.map(({ says }) => `${says} reaches over the edge`),
      ...met.map(({ one, other }) => `${one.says} lies on ${other.says}`),
    ];
  }

  /** From all parts to one alone, and a part that is one stroke. */
  const ways: Partial<Record<AssessedOutcome, number>>[] = [
    { overturned: 5, unanswered: 15, late: 15, silent: 25, confirmed: 40 },
    { late: 50, confirmed: 50 },
    { silent: 30, confirmed: 70 },
    { overturned: 5, late: 5, confirmed: 485 },
    { unanswered: 60 },
  ];
  const files = ["qazvin", "alborz"].map(
    (name) =>
      JSON.parse(readFileSync(new URL(`../../infra/provinces/${name}.json`, import.meta.url), "utf8")) as PageProvince,
  );
  const longest = { fa: "چهارمحال و بختیاری", en: "Chaharmahal and Bakhtiari" };
  const provinces = [...files.map(({ name }) => name), longest].map((name) => aPageProvince({ name }));

  /** What is shown of a province whose month has these outcomes. */
  function glanceOf(province: PageProvince, outcome: (typeof ways)[number], language: Language): SharePictureInput {
    const total = [aPublishedCell({ outcome }, {})];
    const own = aMaterial([{ period: { kind: "month", name: "1405-07" }, tables: { total } }], { province });
    const { summary } = embedSources({ material: own, province: provinceView(own), assets, language });
    return summary ?? expect.unreachable(`${JSON.stringify(outcome)} has no glance`);
  }

  test.each(["fa", "en"] as const)("has nothing lie on anything, whatever is counted (%s)", (language) => {
    for (const province of provinces) {
      for (const outcome of ways)
        expect(faultsOf(glanceOf(province, outcome, language)), province.name[language]).toEqual([]);
    }
  });
});

const cellOf = (id: string, word: ComparisonClass) => {
  const { cell, figures } = derived(aPublishedCell({ outcome: { late: 40, confirmed: 40 } }, { cell: id }));
  return { cell, figures: { ...figures, comparisonClass: word } };
};
const quarters = (name: string) => ({ kind: "four-quarters" as const, name });
const material: PageData = {
  province: {
    id: "sample",
    name: { fa: "نمونه", en: "Sample & Hill" },
    publicUrl: "https://128.example.ir",
    counties: [],
    peerGroups: [],
    agencies: ["bank", "post", "water"].map((id) => ({
      id,
      name: { fa: `نام ${id}`, en: `The <${id}>` },
      countyIds: [],
    })),
    categories: [],
    causes: [],
    frontEnds: [],
  },
  issues: [],
  now: "2026-11-26T06:30:00.000Z",
  closed: [{ kind: "month" as const, name: "1405-07" }, quarters("1405-Q1"), quarters("1405-Q2")].map((period) => ({
    ...period,
    // Two days late: its news are as old as that.
    publishedOn: period.name === "1405-Q2" ? "2026-10-09" : closesOn(period),
  })),
  tables: [
    // Read in any order.
    {
      period: quarters("1405-Q2"),
      table: "agency",
      cells: [
        cellOf("bank", "clearly-worse"),
        cellOf("post", "possibly-different"),
        cellOf("water", "possibly-different"),
      ],
    },
    {
      period: quarters("1405-Q1"),
      table: "agency",
      cells: [
        cellOf("bank", "as-expected"),
        cellOf("post", "possibly-different"),
        cellOf("water", "too-few-complaints"),
      ],
    },
  ],
  hours: { date: "2026-11-26", counties: [] },
};

const texts = (parent: Element | null, name: string) =>
  [...(parent?.getElementsByTagName(name) ?? [])].map(({ textContent }) => textContent);

describe("the feed", () => {
  const feed = read(String(feedFile(material, "en").body)).documentElement;
  const entries = [...(feed?.getElementsByTagName("entry") ?? [])];

  test("has what a reader of feeds needs, of itself and of each entry", () => {
    expect(feed?.namespaceURI).toBe("http://www.w3.org/2005/Atom");
    for (const one of [feed, ...entries]) {
      for (const needed of ["id", "title", "updated", "link"])
        expect([...(one?.childNodes ?? [])].filter(({ nodeName }) => nodeName === needed)).not.toEqual([]);
    }
    expect(texts(feed, "author")).toEqual(["Sample & Hill"]);
    const ids = texts(feed, "id");
    expect(new Set(ids).size).toBe(ids.length);
    // Midnight in Tehran.
    for (const date of texts(feed, "updated")) expect(date).toMatch(/^\d{4}-\d\d-\d\dT20:30:00\.000Z$/);
  });

  test("has each closed period, and an agency whose class is another, the latest first", () => {
    expect(texts(feed, "title").slice(1)).toEqual([
      "The figures of Mehr 1405 are published.",
      "The figures of autumn 1404 to summer 1405 are published.",
      "The <bank>: clearly worse",
      "The figures of summer 1404 to spring 1405 are published.",
    ]);
    expect(texts(feed, "id")[3]).toBe("tag:128.example.ir,2026-10-09:sample/en/class/1405-Q2/bank");
    expect(entries[2]?.getElementsByTagName("link").item(0)?.getAttribute("href")).toBe(
      "https://128.example.ir/en/agencies/bank",
    );
  });

  test("is whole where nothing is closed yet, and in Persian", () => {
    const empty = read(String(feedFile({ ...material, closed: [], tables: [] }, "fa").body)).documentElement;
    expect(texts(empty, "updated")).toEqual([material.now]);
    const persian = texts(read(String(feedFile(material, "fa").body)).documentElement, "title");
    expect(persian[1]).toBe("آمار مهر ۱۴۰۵ منتشر شد.");
  });
});
