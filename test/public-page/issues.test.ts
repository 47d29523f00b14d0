import { describe, expect, test } from "vitest";
import { brokenPromises, inPageOrder, type PageIssue } from "#functions/public-page/model/issues.ts";
import { compressBody } from "#functions/public-page/render-page.function.ts";
import { feedFile } from "#functions/public-page/site.ts";
import { issueStateText, keptText } from "#functions/public-page/words/issues.ts";
import { newsItems } from "#functions/public-page/words/news.ts";
import { aMaterial } from "./a-material.ts";
import { anIssueInPublic, issuesInPublic } from "./an-issue-in-public.ts";
import { pageOf, wordsOf } from "./page-text.ts";

const now = "2026-11-26T08:30:00.000Z";
const withIssues = (...issues: PageIssue[]) => aMaterial([], { issues });
const says = (issue: PageIssue, at = now) =>
  (["en", "fa"] as const).map((language) => issueStateText(issue, { now: at, language }));
const agencyPath = "/en/agencies/agency-2";

describe("the state of an issue in plain words", () => {
  test.each<[PageIssue["status"], string, string]>([
    ["open", "The agency must plan by Tuesday 10 Azar 1405.", "دستگاه باید تا سه‌شنبه ۱۰ آذر ۱۴۰۵ برنامه بدهد."],
    [
      "planned",
      "The agency promises to mend it by Thursday 19 Azar 1405.",
      "دستگاه قول داده است تا پنجشنبه ۱۹ آذر ۱۴۰۵ برطرفش کند.",
    ],
    [
      "done",
      "The agency says that it is mended; nobody has confirmed it yet.",
      "دستگاه می‌گوید برطرف شده است؛ هنوز کسی آن را تأیید نکرده است.",
    ],
    [
      "verified",
      "Mended: an inspector saw it on the spot, or people who had complained confirmed it.",
      "برطرف شد: بازرس در محل دید، یا کسانی که شکایت کرده بودند تأیید کردند.",
    ],
    ["unconfirmed", "Said to be mended, not confirmed.", "دستگاه می‌گوید برطرف شده، ولی تأیید نشده است."],
    [
      "recurred",
      "It came back. The agency must plan by Tuesday 10 Azar 1405.",
      "دوباره پیش آمده است. دستگاه باید تا سه‌شنبه ۱۰ آذر ۱۴۰۵ برنامه بدهد.",
    ],
    ["withdrawn", "An inspector withdrew it.", "بازرس آن را کنار گذاشت."],
  ])("%s", (status, en, fa) => {
    expect(says(anIssueInPublic(status))).toEqual([en, fa]);
  });

  test("says that the agency is late, from the moment of the deadline on", () => {
    const { planBy, promisedBy = "" } = anIssueInPublic("planned");
    const late = [
      "The agency is late: its plan was due by Tuesday 10 Azar 1405 and has not come.",
      "The agency is late: it promised to mend it by Thursday 19 Azar 1405.",
    ];
    expect(says(anIssueInPublic("open"), planBy)[0]).toBe(late[0]);
    expect(says(anIssueInPublic("recurred"), planBy)[0]).toBe(`It came back. ${late[0]}`);
    expect(says(anIssueInPublic("planned"), promisedBy)[0]).toBe(late[1]);
    expect(says(anIssueInPublic("done"), "2027-06-01T00:00:00.000Z")[0]).not.toContain("late");
  });
});

describe("whether a promise was kept", () => {
  const done = (doneAt: string) => anIssueInPublic("verified", { doneAt });
  test("is said with both days, and stays after the repair was confirmed", () => {
    expect(keptText(done("2026-12-10T20:29:59.999Z"), "en")).toContain("in time.");
    expect(keptText(done("2026-12-11T08:00:00.000Z"), "en")).toBe(
      "Promised by Thursday 19 Azar 1405. Reported as mended on Friday 20 Azar 1405, 1 day late.",
    );
    expect(keptText(done("2026-12-13T08:00:00.000Z"), "fa")).toBe(
      "قول: تا پنجشنبه ۱۹ آذر ۱۴۰۵. گزارش رفع: یکشنبه ۲۲ آذر ۱۴۰۵، ۳ روز پس از موعد.",
    );
    const hours = { doneAt: "2026-12-11T08:00:00.000Z", promisedBy: "2026-12-11T06:00:00.000Z" };
    expect(keptText(anIssueInPublic("done", hours), "en")).toContain("some hours late.");
    expect(keptText(anIssueInPublic("planned"), "en")).toBe("");
    expect(wordsOf(withIssues(done("2026-12-11T08:00:00.000Z")), agencyPath)).toContain("1 day late.");
  });

  test("is news when it was not, even if the agency reported later or an inspector moved the day", () => {
    const [opened, planned] = anIssueInPublic("planned").history;
    const broken = (after: object[], at = "2027-01-01T00:00:00.000Z") =>
      brokenPromises(anIssueInPublic("planned", { history: [opened, planned, ...after] as never }), at).length;
    expect(broken([], "2026-12-10T20:29:59.999Z")).toBe(0);
    expect(broken([])).toBe(1);
    expect(broken([{ type: "done", at: "2026-12-10T08:00:00.000Z" }])).toBe(0);
    expect(broken([{ type: "done", at: "2026-12-11T08:00:00.000Z" }])).toBe(1);
    const returned = [
      { type: "done", at: "2026-12-09T08:00:00.000Z" },
      { type: "proof-returned", at: "2026-12-09T09:00:00.000Z" },
    ];
    expect(broken(returned)).toBe(1);
    const moved = { type: "promise-moved", promisedBy: "2026-12-20T20:29:59.999Z" };
    expect(broken([{ ...moved, at: "2026-12-09T08:00:00.000Z" }])).toBe(1);
    expect(broken([{ ...moved, at: "2026-12-12T08:00:00.000Z" }])).toBe(2);
    const feed = feedFile(
      aMaterial([], { issues: [anIssueInPublic("planned")], now: "2027-01-01T00:00:00.000Z" }),
      "en",
    );
    expect(String(feed.body)).toContain("The promised day passed, and the agency did not report it as mended");
  });

  test("news of one day stand with the latest first", () => {
    const history = [
      { type: "opened", at: "2026-11-24T06:00:00.000Z" },
      { type: "planned", at: "2026-11-24T07:00:00.000Z", promisedBy: "2026-12-10T20:29:59.999Z" },
      { type: "done", at: "2026-11-24T08:00:00.000Z" },
    ] as const;
    const material = withIssues(anIssueInPublic("done", { history: [...history] }));
    expect(newsItems(material, "en").map(({ id }) => id.at(-1))).toEqual(["3", "2", "1"]);
  });
});

test("a page without issues has no heading of them, and one of another agency neither", () => {
  const without = aMaterial([]);
  for (const path of ["/", "/en", agencyPath]) expect(pageOf(without, path)).not.toContain('id="issues"');
  expect(pageOf(withIssues(anIssueInPublic()), "/en/agencies/agency-3")).not.toContain('id="issues"');
});

test("the province's page lists issues, those to be mended first, each with agency, state, day and a link to its texts", () => {
  const ordered = inPageOrder(issuesInPublic).map(({ status }) => status);
  expect(ordered).toEqual(["recurred", "planned", "open", "unconfirmed", "done", "withdrawn", "verified"]);
  const material = withIssues(...issuesInPublic);
  const page = pageOf(material, "/");
  const places = inPageOrder(issuesInPublic).map(({ id, agencyId }) => page.indexOf(`"/agencies/${agencyId}#${id}"`));
  expect(places.toSorted((one, other) => one - other)).toEqual(places);
  expect(places[0]).toBeGreaterThan(0);
  expect(wordsOf(material)).toContain(
    "Said to be mended, not confirmed. Promised by Thursday 19 Azar 1405. Reported as mended on Friday 29 Aban 1405, in time.Roads and Bridges Organization · Opened:",
  );
});

test("the page of its agency has the issue with texts, days, places, reasons and how it was verified", () => {
  const words = wordsOf(withIssues(anIssueInPublic("verified")), agencyPath);
  for (const part of [
    "قطعی سامانهٔ نوبت‌دهی",
    "Mended: an inspector saw it on the spot, or people who had complained confirmed it.",
    "Equipment and systems that fail · System, equipment or phone down · Rudbala, Neyzar",
    "هر روز چند ساعت از کار می‌افتد",
    "The agency’s plan, Saturday 16 Aban 1405",
    "نوبت کاغذی می‌دهیم",
    "The agency’s report that it is mended, Friday 29 Aban 1405",
    "یک هفته است که بی‌وقفه کار می‌کند",
    "The agency made a plan; promised by Thursday 19 Azar 1405",
  ])
    expect(words).toContain(part);
  expect(wordsOf(withIssues(anIssueInPublic("recurred")), agencyPath)).toContain("It came back: صف دوباره برگشته است.");
  expect(wordsOf(withIssues(anIssueInPublic("open", { outage: true })), agencyPath)).toContain("A service is down");
});

test("texts that no inspector has read are not there; the days of their steps are", () => {
  const { plan: _plan, proof: _proof, ...unread } = anIssueInPublic("done");
  const words = wordsOf(withIssues(unread), agencyPath);
  expect(words).not.toMatch(/سرور|The agency’s plan,|report that it is mended,/);
  expect(words).toContain("The agency said that it is mended");
});

describe("many issues", () => {
  const long = Array.from({ length: 60 }, (_, n) => {
    // Words of chance, which no compression shortens by repetition.
    const words = (seed: number) =>
      Array.from({ length: 600 }, (_, m) => ((n + 1) * (m + 7) * (seed + 3) * 7919).toString(36)).join(" ");
    const plan = { what: words(1).slice(0, 4_000), at: "2026-11-07T06:00:00.000Z" };
    return anIssueInPublic("planned", { id: `IS-7K3M-${1000 + n}-Q`, summary: words(2).slice(0, 4_000), plan });
  });
  const material = withIssues(...long);

  test("are listed up to twenty by the province, with a word on the others", () => {
    expect(pageOf(material).match(/href="\/en\/agencies\/agency-2#IS-/g)?.length).toBeLessThanOrEqual(25);
    expect(wordsOf(material)).toContain("Further issues stand on the pages of the agencies.");
  });

  test("stand on the agency's page with their texts until it would weigh too much; of the rest titles and states", () => {
    const page = pageOf(material, agencyPath);
    for (const { id } of long) expect(page).toContain(`id="${id}"`);
    expect(page.match(/class="steps"/g)).toHaveLength(4);
    expect(page).toContain('href="/v1/issues/IS-7K3M-1059-Q"');
    expect(compressBody(page).length - compressBody(pageOf(aMaterial([]), agencyPath)).length).toBeLessThan(30_000);
  });
});

describe("a hostile text", () => {
  const script = `<script>alert("1")</script></ul><a href='javascript:1'>&amp; \u202e\u2066`;
  const hostile = anIssueInPublic("planned", {
    title: script,
    summary: script,
    plan: { what: script, at: "2026-11-07T06:00:00.000Z" },
    history: [
      { type: "opened", at: "2026-11-02T06:00:00.000Z" },
      { type: "promise-moved", at: "2026-11-08T06:00:00.000Z", reason: script },
    ],
  });
  const material = withIssues(hostile);

  test.each(["/", "/en", "/agencies/agency-2", agencyPath])("stays a text on %s", (path) => {
    const page = pageOf(material, path);
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)");
    expect(page).not.toMatch(/<script|<a href='|href="javascript/);
    // What turns the direction of writing cannot leave the element that it stands in.
    for (const [before] of page.matchAll(/<[^>]*>&lt;script&gt;/g))
      expect(before).toMatch(/^<(bdi|p class="written" dir="auto")/);
  });

  test("stays a text in the feed", () => {
    for (const language of ["fa", "en"] as const) {
      const body = String(feedFile(material, language).body);
      expect(body).toContain("&lt;script&gt;");
      expect(body).not.toContain("<script");
      expect(body).toMatch(/<title>[^<]*\u2068[^<]*\u2069<\/title>/);
    }
  });
});

describe("the feed", () => {
  const entriesOf = (...issues: PageIssue[]) =>
    String(feedFile(withIssues(...issues), "en").body)
      .split("<entry>")
      .slice(1);

  test("has an entry for each step of an issue, which leads to it, with plan and proof", () => {
    const entries = entriesOf(anIssueInPublic("verified"));
    expect(entries.map((entry) => /<title>([^<:]*): ([^<:]*)/.exec(entry)?.[2])).toEqual([
      "It was confirmed as mended",
      "The agency said that it is mended",
      "The agency made a plan",
      "An inspector opened the issue",
    ]);
    for (const entry of entries)
      expect(entry).toContain("https://foad.nowhere.example/en/agencies/agency-2#IS-7K3M-9XPT-Q");
    expect(entries[1]).toContain("بی‌وقفه کار می‌کند");
    expect(entries[2]).toMatch(/promised by Thursday 19 Azar 1405\. .*نوبت کاغذی/);
    expect(entries[2]).toContain(",2026-11-07:nowhere/en/issue/IS-7K3M-9XPT-Q/2</id>");
  });

  test("gives a step the same id when more has happened", () => {
    const idsOf = (...issues: PageIssue[]) => entriesOf(...issues).map((entry) => /<id>(.*?)<\/id>/.exec(entry)?.[1]);
    expect(idsOf(anIssueInPublic("verified"))).toEqual(expect.arrayContaining(idsOf(anIssueInPublic("planned"))));
  });
});
