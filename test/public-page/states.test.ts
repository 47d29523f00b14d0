import { describe, expect, test } from "vitest";
import type { PublishedCell, PublishedPeriod } from "#functions/figures/publication.ts";
import { tablesOfPages } from "#functions/public-page/model/reading.ts";
import { summarize } from "#functions/public-page/model/summary.ts";
import { siteFiles } from "#functions/public-page/site.ts";
import { headlineText, roundedNote } from "#functions/public-page/words/headline.ts";
import { mostFrequentText } from "#functions/public-page/words/lists-and-times.ts";
import { textOf } from "#shared/wording/html.ts";
import { aPublishedCell } from "../support/some-counts.ts";
import { aMaterial, aPageProvince } from "./a-material.ts";
import { aPublishedWorld } from "./a-published-world.ts";
import { assets, derived, pageOf, wordsOf } from "./page-text.ts";

type Outcome = Partial<Record<"overturned" | "unanswered" | "late" | "pending" | "silent" | "confirmed", number>>;
const aCell = (outcome: Outcome, fields: Partial<PublishedCell> = {}) => aPublishedCell({ outcome }, fields);
const onlyCount = (count: number, cell = ""): PublishedCell => ({ cell, count });
const half = aCell({ late: 50, confirmed: 50 });

const month = { kind: "month" as const, name: "1405-07" };
const fourQuarters = { kind: "four-quarters" as const, name: "1405-Q2" };

type Overrides = Parameters<typeof aMaterial>[1];
/** A province of which one month is published. */
const ofMonth = (total: PublishedCell, overrides: Overrides = {}) =>
  aMaterial([{ period: month, tables: { total: [total] } }], { since: "1405-07", ...overrides });

describe("the headline", () => {
  const says = (cell: PublishedCell | undefined, of: "province" | "agency" = "province") =>
    (["en", "fa"] as const).map((language) => textOf(headlineText(summarize(cell && derived(cell)), { of, language })));

  test.each<[string, PublishedCell | undefined, string, string]>([
    [
      "the outcomes are published",
      aCell({ overturned: 5, unanswered: 15, late: 15, pending: 10, silent: 30, confirmed: 35 }),
      "Of every 100 complaints, 35 to 65 were answered well.",
      "از هر ۱۰۰ شکایت، ۳۵ تا ۶۵ مورد پاسخ خوب گرفت.",
    ],
    [
      "nobody is silent",
      half,
      "Of every 100 complaints, 50 were answered well.",
      "از هر ۱۰۰ شکایت، ۵۰ مورد پاسخ خوب گرفت.",
    ],
    [
      "the count alone is published",
      onlyCount(15),
      "Too few to say yet: about 15 complaints.",
      "هنوز برای داوری کم است: حدود ۱۵ شکایت.",
    ],
    [
      "the interval of a share is too wide",
      aCell({ late: 10, confirmed: 10 }, { count: 25 }),
      "Too few to say yet: about 25 complaints.",
      "هنوز برای داوری کم است: حدود ۲۵ شکایت.",
    ],
    [
      "the published count is 0",
      onlyCount(0),
      "Too few to say yet: 0 to 4 complaints.",
      "هنوز برای داوری کم است: صفر تا چهار شکایت.",
    ],
    ["nothing is published", undefined, "Not published yet.", "هنوز منتشر نشده."],
  ])("where %s", (_, cell, en, fa) => {
    expect(says(cell)).toEqual([en, fa]);
  });

  test("of an agency says what the agency did", () => {
    expect(says(half, "agency")).toEqual([
      "It answered 50 of every 100 complaints well.",
      "از هر ۱۰۰ شکایت، ۵۰ مورد را خوب پاسخ داد.",
    ]);
  });
});

describe("a glance", () => {
  test("has its parts in the order of the strokes, without those that are 0, pending or excluded", () => {
    const cell = aPublishedCell({
      outcome: { unanswered: 15, late: 20, pending: 10, excluded: 5, silent: 30, confirmed: 35 },
    });
    const glance = summarize(derived(cell));
    expect(glance).toMatchObject({
      state: "known",
      filed: 500,
      judged: 100,
      parts: [
        { kind: "accepted", outcome: "confirmed", count: 35, share: 0.35, strokes: 35 },
        { kind: "silent", outcome: "silent", count: 30, share: 0.3, strokes: 30 },
        { kind: "not-good", outcome: "late", count: 20, share: 0.2, strokes: 20 },
        { kind: "unanswered", outcome: "unanswered", count: 15, share: 0.15, strokes: 15 },
      ],
      low: { share: 0.35, strokes: 35 },
      high: { share: 0.65, strokes: 65 },
    });
  });

  test("has a count alone if no share can be said", () => {
    expect(summarize(derived(onlyCount(15)))).toEqual({ state: "too-few-complaints", filed: 15 });
    expect(summarize(derived(aCell({ pending: 30 })))).toEqual({ state: "too-few-complaints", filed: 500 });
    expect(summarize(undefined)).toEqual({ state: "unpublished" });
  });
});

describe("the page of a province", () => {
  test("says before anything is published when the first figures come, and how to complain", () => {
    const page = wordsOf(aMaterial([], { since: "1405-08" }));
    expect(page).toContain("No figures are published yet. The figures of Aban 1405 are published on 15 Azar.");
    expect(page).toContain("How do I complain?");
    expect(page).not.toContain("Agencies among peers");
  });

  test.each([
    [
      "/en",
      "The first figures are those of the month of the first complaint, published on the 15th of the next month.",
    ],
    ["/", "نخستین آمار، آمار ماهِ ثبت نخستین شکایت است و روز ۱۵ ماه بعد منتشر می‌شود."],
  ])("as long as months are closed in which nothing was filed, %s promises no month's figures", (path, first) => {
    const page = wordsOf(aMaterial([], { since: undefined, closedUntil: "1405-07" }), path);
    expect(page).toContain(first);
    expect(page).not.toMatch(/are published on|آمار آبان/);
  });

  test.each<[number, string]>([
    [0, "Too few to say yet: 0 to 4 complaints."],
    [5, "Too few to say yet: about 5 complaints."],
  ])("of %i complaints has neither strokes nor a share, and praises nobody", (count, says) => {
    const material = ofMonth(onlyCount(count));
    const page = wordsOf(material);
    expect(page).toContain(says);
    expect(page).toContain("No complaints is no praise.");
    expect(page).not.toMatch(/(is|are) clearly|▲|Of every 100 complaints, \d/);
    expect(pageOf(material)).not.toContain('class="strokes');
  });

  test("of its first month has strokes, and judges nobody", () => {
    const page = wordsOf(ofMonth(half));
    expect(page).toContain("Of every 100 complaints, 50 were answered well.");
    expect(page).toContain("One month has figures");
    expect(page).toContain("Not compared yet.");
  });

  test("says a month that ought to be published above the old figures", () => {
    const late = ofMonth(half, { now: "2026-12-08T08:00:00.000Z" });
    expect(wordsOf(late, "/")).toContain("آمار آبان ۱۴۰۵ هنوز منتشر نشده است؛ موعد آن ۱۵ آذر بود.");
    expect(wordsOf(ofMonth(half))).not.toContain("are not published yet");
  });

  test("says beside the strokes which of those not answered well are empty and which are short", () => {
    const month = ofMonth(aCell({ overturned: 5, unanswered: 15, late: 15, confirmed: 65 }));
    expect(wordsOf(month)).toContain("empty: 5 overturned, 15 late; short: 15 unanswered");
    expect(wordsOf(month, "/")).toContain("خالی: ۵ ردشده، ۱۵ دیر؛ کوتاه: ۱۵ بی‌پاسخ");
  });

  test("says of every section of when its figures are: a month, or four quarters", () => {
    const page = pageOf(aMaterial(aPublishedWorld()));
    const periods = [...page.matchAll(/<h2 id="(\w+)-heading">[^<]*<\/h2><p class="period">([^<]*)/g)];
    const whole = "Four quarters, autumn 1404 to summer 1405";
    expect(periods.map(([, id, period]) => [id, period])).toEqual([
      ["agencies", whole],
      ["months", "Ordibehesht 1404 to Mehr 1405"],
      ["what", whole],
      ["citizens", whole],
      ["counties", whole],
    ]);
    expect(page).toMatch(/<p class="scope">Month of Mehr 1405 · /);
    expect(page).toContain(`differ from their peers? <span class="period">${whole}</span>`);
  });

  test("shows counties as they lie, west at the left in Persian too; as a list where one has no place", () => {
    const material = aMaterial(aPublishedWorld({ months: 4 }));
    expect(pageOf(material, "/")).toContain(
      '<ul class="tiles map columns-3" dir="ltr"><li class="known column-2 row-1" dir="rtl">',
    );
    const counties = material.province.counties.map((one, n) => (n === 0 ? { ...one, tile: undefined } : one));
    const province = { ...material.province, counties };
    expect(pageOf({ ...material, province }, "/")).toContain('<ul class="tiles"><li class="known"');
  });

  test("says in English why offices are closed where the calendar does, else marks the words as Persian", () => {
    const page = pageOf(aMaterial([]));
    expect(page).toContain('closed <span class="note">Power cut</span>');
    expect(page).toContain('10:00 to 13:00 <bdi class="note" lang="fa" dir="rtl">یخبندان</bdi>');
  });

  test("escapes names and reasons", () => {
    const evil = `<img src=x onerror="a">`;
    const province = aPageProvince({ name: { fa: evil, en: evil } });
    const files = siteFiles(aMaterial([], { province }), assets);
    expect(files.filter(({ body }) => String(body).includes("<img"))).toEqual([]);
  });
});

describe("before a quarter is closed", () => {
  const sectionsOf = (material: ReturnType<typeof aMaterial>, path: string) =>
    [...pageOf(material, path).matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);
  const [two, three] = [2, 3].map((months) => aMaterial(aPublishedWorld({ months }))) as [
    ReturnType<typeof aMaterial>,
    ReturnType<typeof aMaterial>,
  ];

  test("neither agencies nor lists are shown: only the months, how to complain and what the numbers mean", () => {
    expect(sectionsOf(two, "/en")).toEqual(["months", "how", "news", "meaning"]);
    expect(wordsOf(two)).not.toContain("Time to answer Spring");
    expect(sectionsOf(two, "/en/agencies/agency-1")).toEqual(["meaning"]);
    expect(wordsOf(two, "/en/agencies/agency-1")).toContain("No figures are published yet.");
  });

  test("they are shown with the first quarter, without a comparison", () => {
    expect(sectionsOf(three, "/en")).toEqual([
      "agencies",
      "months",
      "what",
      "citizens",
      "counties",
      "how",
      "news",
      "meaning",
    ]);
    expect(sectionsOf(three, "/en/agencies/agency-1")).toEqual(["quarters", "subjects", "citizens", "meaning"]);
    expect(wordsOf(three)).toContain("Time to answer Spring 1404");
    expect(wordsOf(three)).toContain("Agencies are held beside their peers once four quarters are closed.");
    expect(wordsOf(three)).not.toMatch(/● as expected|peers’ average/);
  });
});

describe("of four quarters", () => {
  /** Four quarters beside their month. */
  const ofFourQuarters = (tables: PublishedPeriod["tables"], overrides: Overrides = {}) =>
    aMaterial(
      [
        { period: month, tables: { total: [half] } },
        { period: fourQuarters, tables: { total: [half], ...tables } },
      ],
      overrides,
    );

  test("where every agency has too few, the page does not say that nobody differs", () => {
    const page = wordsOf(ofFourQuarters({}));
    expect(page).toContain("Too few to compare.");
    expect(page).not.toContain("No agency clearly differs");
  });

  test("an agency that has too few is named with its count, and one with 0 without", () => {
    const material = ofFourQuarters({ agency: [onlyCount(15, "agency-6"), onlyCount(0, "agency-10")] });
    expect(wordsOf(material)).toContain("too few to say: Kaj Bank (about 15 complaints).");
    expect(wordsOf(material)).toMatch(/no data, or fewer than 5; no complaints is no praise: [^.(]*Afra Bank[^.(]*\./);
    expect(wordsOf(material, "/en/agencies/agency-10")).toContain("Afra Bank Too few to say yet: 0 to 4 complaints.");
  });

  test("a row of a list, and a county, with a published 0 has 0 to 4 complaints and no bar", () => {
    const rows = [onlyCount(20, "category-1"), onlyCount(0, "category-2")];
    const material = ofFourQuarters({ category: rows, county: [onlyCount(0, "county-1")] });
    const lineOf = (path: string, name: string) =>
      new RegExp(`<tr><th scope="row">${name}</th>(.*?)</tr>`).exec(pageOf(material, path))?.[1];
    expect(lineOf("/en", "Equipment and systems that fail")).toContain("<svg");
    expect(lineOf("/en", "Work put off to later days without legal reason")).toBe(
      '<td class="drawing"></td><td class="count"><data class="few" value="0">0 to 4</data></td>',
    );
    expect(lineOf("/", "موکول کردن کار به روزهای بعد بدون دلیل قانونی")).toContain(">۰ تا ۴</data>");
    expect(wordsOf(material)).toContain("Rudbalatoo few to say0 to 4 complaints");
    expect(wordsOf(material, "/")).toContain("صفر تا چهار شکایت");
  });

  test("a name that the province's file has since has no count in a list", () => {
    const material = ofFourQuarters({ category: [onlyCount(20, "category-1")], county: [onlyCount(20, "county-1")] });
    expect(wordsOf(material)).toContain("Unclear decisions–");
    expect(wordsOf(material)).toContain("Tappehsabznot published yet");
    expect(wordsOf(material)).not.toContain("0 to 4 complaints");
    expect(pageOf(material)).not.toContain('class="few"');
  });

  test("an agency that is retired names its successor, which names it", () => {
    expect(wordsOf(ofFourQuarters({}), "/en/agencies/agency-24")).toMatch(
      /Takes no new complaints since .* In its place stands Farms Department\./,
    );
    expect(wordsOf(ofFourQuarters({}), "/en/agencies/agency-13")).toContain(
      "Complaints about Gardens Department are counted here from now on, too.",
    );
  });
});

test.each<[string, number[], string]>([
  ["by far", [100, 60], "Most complained of: Kind 0. "],
  ["by more than rounding can make", [100, 90], "Most complained of: Kind 0. "],
  ["alone", [10, 0], "Most complained of: Kind 0. "],
  ["by no more than rounding can make", [100, 95], ""],
  ["by no more than 0 to 4 may be", [5, 0], ""],
  ["nowhere", [0, 0], ""],
  ["of none", [], ""],
])("what is most complained of is named where it leads %s", (_, counts, says) => {
  const name = (n: number) => ({ fa: `گونهٔ ${n}`, en: `Kind ${n}` });
  const rows = counts.map((count, n) => ({ id: `${n}`, name: name(n), count, summary: summarize(undefined) }));
  expect(textOf(mostFrequentText({ categories: rows, causes: [] }, "en"))).toBe(says);
});

describe("the note that numbers are rounded", () => {
  const countOf = (text: string, note: string) => text.split(note).length - 1;
  const material = aMaterial(aPublishedWorld());
  const body = (path: string) => pageOf(material, path).replace(/^[\s\S]*<body>/, "");

  test.each([
    ["/", "fa"],
    ["/en", "en"],
    ["/agencies/agency-2", "fa"],
    ["/en/agencies/agency-2", "en"],
  ] as const)("stands once on the visible page at %s, and once for paper", (path, language) => {
    const note = roundedNote[language];
    const forPaper = [...body(path).matchAll(/<span class="only-print">(.*?)<\/span>/g)].map(([whole]) => whole);
    const visible = forPaper.reduce((rest, one) => rest.replace(one, ""), body(path)).replace(/<meta [^>]*>/g, "");
    expect([countOf(visible, note), countOf(forPaper.join(""), note)]).toEqual([1, 1]);
  });
});

test("the pages ask for each table once, and for the last windows alone", () => {
  const quarters = ["1403-Q1", "1403-Q2", "1403-Q3", "1403-Q4", "1404-Q1", "1404-Q2", "1404-Q3"];
  const closed = quarters.flatMap((name) => (["quarter", "four-quarters"] as const).map((kind) => ({ kind, name })));
  const asked = tablesOfPages(closed).map(({ period, table }) => `${period.kind} ${period.name} ${table}`);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.filter((one) => one.endsWith(" agency"))).toEqual([
    "four-quarters 1404-Q3 agency",
    ...["1403-Q4", "1404-Q1", "1404-Q2", "1404-Q3"].map((name) => `quarter ${name} agency`),
    ...["1403-Q3", "1403-Q4", "1404-Q1", "1404-Q2"].map((name) => `four-quarters ${name} agency`),
  ]);
});

test("a day on which nothing else changes makes no file anew but the province's own pages, and a feed that is empty", () => {
  const few = { overdue: "<20" as const, notYetDue: "<20" as const };
  const count = { province: few, agencies: Object.fromEntries(aPageProvince().agencies.map(({ id }) => [id, few])) };
  const waiting = { date: "2026-11-22", countedAt: "2026-11-22T02:30:00.000Z", count, past: [] };
  const on = (date: string) => {
    const material = aMaterial([], { now: `${date}T02:30:00.000Z`, waiting, hours: { date, counties: [] } });
    return new Map(siteFiles(material, assets).map(({ path, body }) => [path, body]));
  };
  const [before, after] = [on("2026-11-24"), on("2026-11-25")];
  const changed = [...after].filter(([path, body]) => before.get(path) !== body).map(([path]) => path);
  expect(changed.sort()).toEqual(["/", "/en", "/en/feed.atom", "/feed.atom"]);
});
