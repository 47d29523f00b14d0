import { DOMParser, type Element } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { shownFiles } from "#functions/page/embeds.ts";
import { feedFile } from "#functions/page/feed.ts";
import type { Material } from "#functions/page/material.ts";
import type { Shareable } from "#functions/page/share-picture.ts";
import type { Class } from "#shared/domain/statistics/comparison.ts";
import { closesOn } from "#shared/domain/statistics/period.ts";

const read = (xml: string) =>
  new DOMParser({
    onError: (_, message) => {
      throw new Error(message);
    },
  }).parseFromString(xml, "application/xml");

const shared: Shareable & { at: string } = {
  at: "province",
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
  note: "هر عدد تا دو واحد جابه‌جا شده است.",
  address: "128.example.ir",
};

test("each embed has its words as shapes and says of itself what it is; each picture has the size that messengers ask for", async () => {
  const agency = { ...shared, at: "agencies/tax" };
  const files = shownFiles({ language: "fa", source: shared.address, shareables: [shared, agency], charts: [] });
  expect(files.map(({ path }) => path)).toEqual([
    "/embed/fa/glance.svg",
    "/share/fa/province.png",
    "/embed/fa/agencies/tax.svg",
    "/share/fa/agencies/tax.png",
  ]);
  const [embed, first, , second] = await Promise.all(
    files.map(({ body }) => (typeof body === "function" ? body() : body)),
  );
  const pictures = [first, second];
  const root = read(String(embed)).documentElement;
  expect(root?.getAttribute("role")).toBe("img");
  expect(root?.getElementsByTagName("title").item(0)?.textContent).toBe(`${shared.name}: ${shared.headline}`);
  expect(root?.getElementsByTagName("desc").item(0)?.textContent).toBe(
    `${shared.note} ${shared.asOf}. ${shared.address}`,
  );
  expect(String(embed)).not.toMatch(/<text|font|class=|style=|href=|NaN/);
  for (const picture of pictures.map((one) => Buffer.from(one as Uint8Array))) {
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
  }
});

const cellOf = (id: string, name: Class | "too-few") => ({ cell: { cell: id, all: 40 }, figures: { class: name } });
const quarters = (name: string) => ({ kind: "four-quarters" as const, name });
const material: Material = {
  province: {
    id: "sample",
    name: { fa: "نمونه", en: "Sample & Hill" },
    publicUrl: "https://128.example.ir/",
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
  now: "2026-11-26T06:30:00.000Z",
  closed: [{ kind: "month" as const, name: "1405-07" }, quarters("1405-Q1"), quarters("1405-Q2")].map((period) => ({
    ...period,
    publishedOn: closesOn(period),
  })),
  tables: [
    // Read in any order.
    {
      period: quarters("1405-Q2"),
      table: "agency",
      cells: [cellOf("bank", "clearly-worse"), cellOf("post", "watch"), cellOf("water", "watch")],
    },
    {
      period: quarters("1405-Q1"),
      table: "agency",
      cells: [cellOf("bank", "as-expected"), cellOf("post", "watch"), cellOf("water", "too-few")],
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
    for (const date of texts(feed, "updated")) expect(date).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\+03:30$/);
  });

  test("tells of each closed period, and of an agency whose class is another, the latest first", () => {
    expect(texts(feed, "title").slice(1)).toEqual([
      "The figures of Mehr 1405 are published.",
      "The figures of autumn 1404 to summer 1405 are published.",
      "The <bank>: clearly worse",
      "The figures of summer 1404 to spring 1405 are published.",
    ]);
    expect(texts(feed, "id")[3]).toBe("tag:128.example.ir,2026-10-07:sample/en/class/1405-Q2/bank");
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
