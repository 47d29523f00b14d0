import { describe, expect, test } from "vitest";
import { strokesOfHundred } from "#functions/page/drawings/hundred.ts";
import type { ToldTable } from "#functions/page/material.ts";
import { glanceOf } from "#functions/page/model/glance.ts";
import { tablesOfPages } from "#functions/page/model/reading.ts";
import { courseOf } from "#functions/page/model/verdict.ts";
import { siteFiles } from "#functions/page/site.ts";
import { differSentence } from "#functions/page/words/comparing.ts";
import { headline } from "#functions/page/words/headline.ts";
import { mostSays } from "#functions/page/words/most.ts";
import { trendAnswer } from "#functions/page/words/trend.ts";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import { firstDay, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { together } from "#shared/domain/statistics/tallies.ts";
import { textOf } from "#shared/domain/telling/html.ts";
import { aMaterial, aPublishedWorld } from "../page/a-material.ts";
import { aPageProvince } from "../page/a-page-province.ts";

const assets = {
  style: "/s.css",
  fonts: [],
  definitions: { general: [], counts: {}, figures: [], now: [], parts: [] },
};
const told = (cell: PublishedCell) => ({ cell, figures: figuresOf(cell) });
type Parts = [string, number][];
const outcomes = (all: PublishedCell["all"], parts: Parts): PublishedCell => ({
  cell: "all",
  all,
  parts: { outcome: parts.map(([classes, shown]) => ({ classes: classes.split("+"), shown })) },
});
const says = (cell: PublishedCell, language: "fa" | "en" = "en") =>
  textOf(headline(glanceOf(told(cell)), { of: "province", language }));

/** The page of one month's province, in words. */
function pageOf(cells: PublishedCell[], overrides: Parameters<typeof aMaterial>[1] = {}, path = "/en"): string {
  const period = { kind: "month" as const, name: "1405-07" };
  const tables: ToldTable[] = cells.length > 0 ? [{ period, table: "total", cells: cells.map(told) }] : [];
  const material = aMaterial([], { closed: cells.length > 0 ? [period] : [], tables, since: "1405-07", ...overrides });
  const page = siteFiles(material, assets).find((file) => file.path === path)?.body ?? "";
  const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(String(page)) ?? [];
  return textOf({ html: main }).replace(/\s+/g, " ");
}

describe("the headline", () => {
  const every: Parts = [
    ["D", 6],
    ["N", 14],
    ["L", 16],
    ["pending", 9],
    ["U", 27],
    ["G", 37],
  ];
  test.each<[string, PublishedCell, string, string]>([
    [
      "all classes are told",
      outcomes(109, every),
      "Of every 100 complaints, 37 to 64 were answered well.",
      "از هر ۱۰۰ شکایت، ۳۷ تا ۶۴ مورد پاسخ خوب گرفت.",
    ],
    [
      "nobody is silent",
      outcomes(100, [
        ["L", 50],
        ["G", 50],
      ]),
      "Of every 100 complaints, 50 were answered well.",
      "از هر ۱۰۰ شکایت، ۵۰ مورد پاسخ خوب گرفت.",
    ],
    [
      "silent ones are told with late ones",
      outcomes(60, [
        ["L+U", 30],
        ["G", 30],
      ]),
      "Of every 100 complaints, at least 50 were answered well.",
      "از هر ۱۰۰ شکایت، دست‌کم ۵۰ مورد پاسخ خوب گرفت.",
    ],
    [
      "what went well is told with the silent",
      outcomes(60, [
        ["L", 30],
        ["U+G", 30],
      ]),
      "Of every 100 complaints, at most 50 were answered well.",
      "از هر ۱۰۰ شکایت، دست‌بالا ۵۰ مورد پاسخ خوب گرفت.",
    ],
    [
      "everything is told as one",
      outcomes(60, [["D+N+L+U+G", 60]]),
      "It cannot be said yet how many complaints were answered well.",
      "هنوز نمی‌توان گفت چند شکایت پاسخ خوب گرفت.",
    ],
    [
      "there are 12",
      outcomes(12, [
        ["N", 6],
        ["G", 6],
      ]),
      "Too few to say yet: 12 complaints.",
      "هنوز برای داوری کم است: ۱۲ شکایت.",
    ],
    [
      "there are few, or none",
      { cell: "all", all: "<5" },
      "No data, or fewer than 5 complaints.",
      "بی‌داده، یا کمتر از ۵ شکایت.",
    ],
    [
      "it is held back",
      { cell: "all", all: "held-back" },
      "Not told, so that nobody is known by subtracting two numbers.",
      "گفته نمی‌شود، تا کسی با تفریق دو عدد شناخته نشود.",
    ],
  ])("where %s", (_, cell, en, fa) => {
    expect([says(cell), says(cell, "fa")]).toEqual([en, fa]);
  });

  test("a part that is joined is one block, and stubs stand only where the unanswered are told alone", () => {
    const glance = glanceOf(
      told(
        outcomes(60, [
          ["D+N", 10],
          ["L+U", 20],
          ["G", 30],
        ]),
      ),
    );
    const kinds = glance.state === "told" ? glance.parts.map(({ kind, strokes }) => [kind, strokes]) : [];
    expect(kinds).toEqual([
      ["accepted", 50],
      ["joined", 33],
      ["not-good", 17],
    ]);
  });

  test("strokes are always a hundred", () => {
    expect(strokesOfHundred([1, 1, 1])).toEqual([34, 33, 33]);
    expect(strokesOfHundred([86, 63, 14, 38, 32]).reduce((sum, one) => sum + one, 0)).toBe(100);
  });
});

describe("month by month", () => {
  const trend = (values: (number | undefined)[]) =>
    courseOf(values.map((value, n) => ({ at: monthsLater("1404-01", n), value }))).verdict;
  const flat = [0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32];
  test.each<[string, (number | undefined)[], string, string]>([
    [
      "nothing is published",
      [],
      "It cannot be said yet. Of no month the confirmed share is told yet; we judge from the twelfth on.",
      "هنوز نمی‌توان گفت. سهم تأییدشدهٔ هیچ ماهی هنوز گفته نشده است؛ از دوازدهمین ماه داوری می‌کنیم.",
    ],
    [
      "one month is",
      [0.3],
      "It cannot be said yet. One month has figures; we judge from the twelfth on.",
      "هنوز نمی‌توان گفت. از یک ماه عدد داریم؛ از دوازدهمین ماه داوری می‌کنیم.",
    ],
    [
      "four are",
      [0.3, 0.3, 0.2, 0.3],
      "It cannot be said yet. Four months have figures; we judge from the twelfth on.",
      "هنوز نمی‌توان گفت. از چهار ماه عدد داریم؛ از دوازدهمین ماه داوری می‌کنیم.",
    ],
    [
      "nothing changes",
      flat,
      "There is no real change. The confirmed share is within the usual: 26 to 36 of 100.",
      "تغییر واقعی ندارد. سهم تأییدشده در محدودهٔ معمول است: ۲۶ تا ۳۶ از ۱۰۰.",
    ],
    [
      "the last is not told",
      [...flat, undefined],
      "It cannot be said this month. What was confirmed this month is not told alone.",
      "این ماه نمی‌توان گفت. سهم تأییدشدهٔ این ماه جدا گفته نمی‌شود.",
    ],
    [
      "the last is far above",
      [...flat, 0.6],
      "Yes, and the change is real. The confirmed share: above the usual (32 in Ordibehesht, 60 in Khordad).",
      "بله، و این تغییر واقعی است. سهم تأییدشده: بالاتر از محدودهٔ معمول (۳۲ در اردیبهشت، ۶۰ در خرداد).",
    ],
    [
      "eight stay below",
      [...flat, 0.29, 0.28, 0.29, 0.28, 0.29, 0.28, 0.29, 0.28],
      "No, it got worse, and the change is real. The confirmed share: eight months in a row below the mean (32 in Ordibehesht, 28 in Dey).",
      "نه، بدتر شده و این تغییر واقعی است. سهم تأییدشده: هشت ماه پیاپی پایین‌تر از میانگین (۳۲ در اردیبهشت، ۲۸ در دی).",
    ],
  ])("where %s", (_, values, en, fa) => {
    const text = (language: "fa" | "en") => {
      const { heading, says: more } = trendAnswer(trend(values), language);
      return `${textOf(heading)} ${textOf(more)}`;
    };
    expect([text("en"), text("fa")]).toEqual([en, fa]);
  });
});

describe("what waits, beside the months before", () => {
  const parts = (overdue: number | "<10", notOverdue: number | "<10") => ({ overdue, notOverdue });
  const page = (counts: ReturnType<typeof parts>[], path = "/en") => {
    const past = counts.slice(0, -1).map((province, n) => ({ date: firstDay(monthsLater("1404-01", n)), province }));
    const count = { province: counts.at(-1) ?? parts("<10", "<10"), agencies: {} };
    const open = { date: "2026-11-26", countedAt: "2026-11-26T02:30:00.000Z", count, past };
    return pageOf([outcomes(109, [["G", 109]])], { open }, path);
  };
  const months = Array.from({ length: 13 }, (_, n) => parts(40 + 10 * (n % 2), 100 + 10 * (n % 3)));

  test.each<[string, ReturnType<typeof parts>[], string, string]>([
    [
      "both are as usual",
      [...months, parts(40, 110)],
      "Month by month, overdue and still in time: within the usual.",
      "ماه به ماه، مهلت‌گذشته و هنوز در مهلت: در محدودهٔ معمول.",
    ],
    [
      "many more are overdue",
      [...months, parts(90, 110)],
      "Month by month, overdue: a real change, for the worse (about 40 to 49 before); still in time: within the usual.",
      "ماه به ماه، مهلت‌گذشته: تغییر واقعی، رو به بدتر (پیش از آن حدود ۴۰ تا ۴۹)؛ هنوز در مهلت: در محدودهٔ معمول.",
    ],
    [
      "few are overdue",
      [...months, parts("<10", 110)],
      "Month by month, still in time: within the usual.",
      "ماه به ماه، هنوز در مهلت: در محدودهٔ معمول.",
    ],
    [
      "nothing moved but for one step",
      [...Array.from({ length: 23 }, () => parts(40, 110)), parts(50, 110)],
      "Month by month, overdue and still in time: within the usual.",
      "ماه به ماه، مهلت‌گذشته و هنوز در مهلت: در محدودهٔ معمول.",
    ],
  ])("where %s", (_, counts, en, fa) => {
    expect(page(counts)).toContain(en);
    expect(page(counts, "/")).toContain(fa);
  });

  test("says nothing of it before there are twelve", () => {
    expect(page(months.slice(0, 11))).not.toContain("Month by month,");
  });
});

test.each<[string[], string, string]>([
  [[], "No agency clearly differs from its peers.", "هیچ دستگاهی با همتایانش فرق آشکاری ندارد."],
  [["watch"], "None differs clearly; one is to be watched.", "هیچ دستگاهی فرق آشکاری ندارد؛ یکی درخور توجه است."],
  [
    ["watch", "watch"],
    "None differs clearly; two are to be watched.",
    "هیچ دستگاهی فرق آشکاری ندارد؛ دو دستگاه درخور توجه است.",
  ],
  [["clearly-worse"], "One agency is clearly worse.", "یک دستگاه آشکارا بدتر."],
  [
    ["clearly-worse", "clearly-worse", "clearly-better", "watch"],
    "Two agencies are clearly worse, one clearly better.",
    "دو دستگاه آشکارا بدتر، یکی آشکارا بهتر.",
  ],
])("who differs: %j", (words, en, fa) => {
  const rows = words.map((word, n) => ({
    id: `${n}`,
    name: { fa: "", en: "" },
    glance: { state: "few" as const },
    class: word as "watch",
    flags: [],
  }));
  expect([differSentence(rows, "en"), differSentence(rows, "fa")]).toEqual([en, fa]);
});

describe("a province's page", () => {
  test("before anything is published it says so, when the first figures come, and how to complain", () => {
    const page = pageOf([], { since: "1405-08" });
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
    const page = pageOf([], { since: undefined, closedUntil: "1405-07" }, path);
    expect(page).toContain(first);
    expect(page).not.toMatch(/are published on|آمار آبان/);
  });

  test("of three complaints it praises nobody, and tells them from none by nothing", () => {
    const page = pageOf([{ cell: "all", all: "<5" }]);
    expect(page).toContain("No data, or fewer than 5 complaints.");
    expect(page).toContain("no complaints is no praise");
    expect(page).not.toMatch(/(is|are) clearly|▲|Of every 100 complaints, \d/);
  });

  test("of its first month it has strokes, and judges nobody", () => {
    const page = pageOf([
      outcomes(100, [
        ["L", 50],
        ["G", 50],
      ]),
    ]);
    expect(page).toContain("Of every 100 complaints, 50 were answered well.");
    expect(page).toContain("One month has figures");
    expect(page).toContain("Not compared yet.");
  });

  test("where every agency has too few, it does not say that nobody differs", () => {
    const period = { kind: "four-quarters" as const, name: "1405-Q2" };
    const tables = [{ period, table: "total" as const, cells: [told(outcomes(100, [["G", 100]]))] }];
    const page = pageOf([], { closed: [period], tables });
    expect(page).toContain("Too few to compare.");
    expect(page).not.toContain("No agency clearly differs");
  });

  test("who is told at most to have gone well stands in the funnel of its kind, at that end, and in its table", () => {
    const agency = (n: number, parts: Parts) => ({ ...outcomes(105, parts), cell: `agency-${n}` });
    const others = [1, 6, 10, 14, 18].map((n) =>
      agency(n, [
        ["L", 52],
        ["G", 53],
      ]),
    );
    const period = { kind: "four-quarters" as const, name: "1405-Q2" };
    const own = agency(2, [
      ["N", 100],
      ["U+G", 5],
    ]);
    const material = aMaterial([
      { period, tallies: together([]), tables: { total: [outcomes(630, [["G", 630]])], agency: [own, ...others] } },
    ]);
    const page = String(siteFiles(material, assets).find(({ path }) => path === "/en/agencies/agency-2")?.body);
    expect(page).toContain(
      "<title>Sepidar Bank: at most 5 of 100 confirmed, 105 complaints counted, clearly worse</title>",
    );
    expect(page.match(/<title>[^<]* complaints counted/g)).toHaveLength(5);
    expect(textOf({ html: page }).replace(/\s+/g, " ")).toMatch(/Sepidar Bank105at most 5clearly worse/);
  });

  test("who may be on either side of what is expected stands in its funnel at the end that is nearer to it", () => {
    const others = [1, 6, 10, 14, 18].map((n) => ({
      ...outcomes(105, [
        ["L", 52],
        ["G", 53],
      ]),
      cell: `agency-${n}`,
    }));
    const period = { kind: "four-quarters" as const, name: "1405-Q2" };
    const [late, well] = [
      { classes: ["N"], shown: 50 },
      { classes: ["U", "G"], shown: 55, mostly: "G" },
    ];
    const own: PublishedCell = { cell: "agency-2", all: 105, parts: { outcome: [late, well] } };
    const material = aMaterial([
      { period, tallies: together([]), tables: { total: [outcomes(630, [["G", 630]])], agency: [own, ...others] } },
    ]);
    const page = String(siteFiles(material, assets).find(({ path }) => path === "/en/agencies/agency-2")?.body);
    expect(page).toContain(
      "<title>Sepidar Bank: at most 52 of 100 confirmed, 105 complaints counted, as expected</title>",
    );
  });

  test("a month that ought to be published is missed above the old figures", () => {
    const cells = [
      outcomes(100, [
        ["L", 50],
        ["G", 50],
      ]),
    ];
    const late = { now: "2026-12-08T08:00:00.000Z" };
    expect(pageOf(cells, late, "/")).toContain("آمار آبان ۱۴۰۵ هنوز منتشر نشده است؛ موعد آن ۱۵ آذر بود.");
    expect(pageOf(cells)).not.toContain("are not published yet");
  });

  test("an agency that is retired names what is in its place, which names it", () => {
    expect(pageOf([outcomes(100, [["G", 100]])], {}, "/en/agencies/agency-24")).toMatch(
      /Takes no new complaints since .* In its place stands Farms Department\./,
    );
    expect(pageOf([outcomes(100, [["G", 100]])], {}, "/en/agencies/agency-13")).toContain(
      "What was filed at Gardens Department is counted here",
    );
  });

  test("counties stand as they lie, west at the left in Persian too; as a list where one has no place", () => {
    const material = aMaterial(aPublishedWorld({ months: 4 }));
    const page = (province = material.province) =>
      String(siteFiles({ ...material, province }, assets).find(({ path }) => path === "/")?.body);
    expect(page()).toContain('<ul class="tiles map columns-3" dir="ltr"><li class="told column-2 row-1" dir="rtl">');
    const counties = material.province.counties.map((one, n) => (n === 0 ? { ...one, tile: undefined } : one));
    expect(page({ ...material.province, counties })).toContain('<ul class="tiles"><li class="told"');
  });

  test("the list beside the strokes says which of those not answered well are empty and which are short", () => {
    const parts: Parts = [
      ["D", 6],
      ["N", 14],
      ["L", 16],
      ["G", 64],
    ];
    expect(pageOf([outcomes(100, parts)])).toContain("empty: 6 overturned, 16 late; short: 14 unanswered");
    expect(pageOf([outcomes(100, parts)], {}, "/")).toContain("خالی: ۶ ردشده، ۱۶ دیر؛ کوتاه: ۱۴ بی‌پاسخ");
  });

  test("every part with figures says of when they are: a month, or four quarters", () => {
    const page = String(
      siteFiles(aMaterial(aPublishedWorld({ agencies: 12, perMonth: 160 })), assets).find(({ path }) => path === "/en")
        ?.body,
    );
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

  test("an agency that has too few is named with how many it has; a county is held back with the reason", () => {
    const period = { kind: "four-quarters" as const, name: "1405-Q2" };
    const twelve = outcomes(12, [["G", 12]]);
    const tables = [
      { period, table: "total" as const, cells: [told(outcomes(100, [["G", 100]]))] },
      { period, table: "agency" as const, cells: [told({ ...twelve, cell: "agency-6" })] },
      { period, table: "county" as const, cells: [told({ cell: "county-1", all: "held-back" })] },
    ];
    const month = { kind: "month" as const, name: "1405-07" };
    const page = pageOf([], { closed: [month, period], tables });
    expect(page).toContain("too few to say: Kaj Bank (12 complaints).");
    expect(page).toContain("would give away an agency or another county");
    expect(pageOf([], { closed: [month, period], tables: tables.slice(0, 2) })).not.toContain("would give away");
  });

  test("why offices are closed is said in English where the calendar has it, else marked as Persian", () => {
    const page = String(siteFiles(aMaterial([]), assets).find(({ path }) => path === "/en")?.body);
    expect(page).toContain('closed <span class="note">Power cut</span>');
    expect(page).toContain('10:00 to 13:00 <bdi class="note" lang="fa" dir="rtl">یخبندان</bdi>');
  });

  test("names and reasons are escaped", () => {
    const evil = `<img src=x onerror="a">`;
    const province = aPageProvince({ name: { fa: evil, en: evil } });
    const files = siteFiles(aMaterial([], { province }), assets);
    expect(files.filter(({ body }) => String(body).includes("<img"))).toEqual([]);
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

test("what is told together with complaints that are still in time is joined, and named by all of it", () => {
  const page = pageOf([
    outcomes(100, [
      ["L+pending", 14],
      ["U", 40],
      ["G", 46],
    ]),
  ]);
  expect(page).toContain("late or still in time");
  const glance = glanceOf(
    told(
      outcomes(100, [
        ["L+pending", 14],
        ["U", 40],
        ["G", 46],
      ]),
    ),
  );
  expect(glance.state === "told" && glance.parts.map(({ kind }) => kind)).toEqual(["accepted", "silent", "joined"]);
});

test.each<[string, (number | "few" | "held-back")[], string]>([
  ["by far", [100, 60], "Most complained of: Kind 0. "],
  ["alone", [9, "few"], "Most complained of: Kind 0. "],
  ["by no more than few may be", [8, "few"], ""],
  ["by no more than the numbers are moved", [100, 96], ""],
  ["beside one that is not told", [100, "held-back"], ""],
  ["nowhere", ["few", "few"], ""],
  ["of none", [], ""],
])("what is most complained of is named where it leads %s", (_, counts, says) => {
  const name = (n: number) => ({ fa: `گونهٔ ${n}`, en: `Kind ${n}` });
  const rows = counts.map((count, n) => ({ id: `${n}`, name: name(n), count, glance: glanceOf(undefined) }));
  expect(textOf(mostSays({ categories: rows, causes: [] }, "en"))).toBe(says);
});

test("a row of steps is told from where the first of them started", () => {
  const values = [50, 50, 49, 51, 50, 50, 30, 31, 32, 33, 34, 35, 36];
  const { verdict } = courseOf(values.map((value, n) => ({ at: monthsLater("1404-01", n), value: value / 100 })));
  const { signal, before } = verdict.state === "changed" ? verdict : expect.unreachable();
  const first = { "seven-in-a-row": 0.3, "seven-on-one-side": 0.5 }[signal as string];
  expect(before?.value).toBe(first);
});

test("a day on which few wait makes no file anew but the province's own pages, and a feed that is empty", () => {
  const few = { overdue: "<10" as const, notOverdue: "<10" as const };
  const count = { province: few, agencies: Object.fromEntries(aPageProvince().agencies.map(({ id }) => [id, few])) };
  const on = (date: string) => {
    const countedAt = `${date}T02:30:00.000Z`;
    const hours = { date, counties: [] };
    const material = aMaterial([], { now: countedAt, open: { date, countedAt, count, past: [] }, hours });
    return new Map(siteFiles(material, assets).map(({ path, body }) => [path, body]));
  };
  const [before, after] = [on("2026-11-24"), on("2026-11-25")];
  const changed = [...after].filter(([path, body]) => before.get(path) !== body).map(([path]) => path);
  expect(changed.sort()).toEqual(["/", "/en", "/en/feed.atom", "/feed.atom"]);
});
