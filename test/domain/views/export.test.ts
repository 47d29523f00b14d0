import { describe, expect, test } from "vitest";
import { citizenView } from "#functions/complaints/complaint-views.ts";
import { complaintExport, durationInWords, exportPage } from "#functions/complaints/export.ts";
import { codeNames, fieldNames } from "#functions/complaints/export-texts.ts";
import { ConfidentialEntry, type EntryPayload } from "#shared/complaints/confidential-log.ts";
import { narrativeWithoutTexts } from "#shared/complaints/erased-texts.ts";
import { ComplaintEvent, type NewEvent } from "#shared/complaints/event.ts";
import { defaultRetention } from "#shared/policy-numbers.ts";
import { escapeHtml } from "#shared/wording/html.ts";
import { tehranDay, tehranTime } from "#shared/wording/tehran-time.ts";
import { aComplaint } from "../../support/a-complaint.ts";

const at = "2026-11-24T07:00:00.000Z";
/** What the citizen's view hides: if a page or an export has it, it came from here. */
const hidden = (n: number) => `hidden-${n}-word`;
const officer = { name: "مریم کریمی", personnelId: hidden(1) };
const judged = {
  finding: "founded",
  cause: "no-substitute",
  text: "حق با شماست <b>",
  actions: [{ text: "جانشین", dueOn: "2027-03-01" }],
};

/** One event of each type, and one note. */
const said = {
  filed: { channel: "web", origin: { language: "fa", officeId: "gas-1" }, statistics: { key: 7, phoneGiven: true } },
  acknowledged: { officer },
  answered: { officer, ...judged },
  accepted: {},
  transferred: { fromAgencyId: "gas", toAgencyId: "water", reason: "به آب مربوط است" },
  // As nobody would write them, but somebody may.
  extended: { reason: "not-a-complaint", previousAnswerBy: at },
  disputed: { reason: "2026-11-24T07:00:00.000Z" },
  withdrawn: { reason: "دیگر لازم نیست" },
  expired: {},
  escalated: { level: 1, authority: "agency-head", step: "answer", dueAt: at },
  decided: { ...judged, text: "رأی بازرس", upholdsAnswer: true },
  rejected: { reason: "out-of-scope", text: "به دادگاه مربوط است" },
  "directive-given": { text: "تا فردا پاسخ دهید.", authority: "county-governor", name: "کاوه صدری" },
  "message-posted": { text: "سلام", officer },
  "attachment-added": { attachmentId: "a-1", fileName: "file.pdf", contentType: "application/pdf", size: 1_234_567 },
  "visit-reported": {
    visitId: "v-1",
    arrivedAt: at,
    location: { latitude: 36.2678123, longitude: 50 },
    visitResult: "confirmed",
    text: "باجه خالی بود",
  },
  "statement-added": { employee: { name: hidden(2), personnelId: hidden(3) }, text: hidden(4) },
  "promise-reminded": { numbers: [1] },
  "promise-reported": { number: 1, officer, text: "انجام شد" },
  "promise-objected": { number: 1, text: "انجام نشد" },
  "promise-judged": { number: 1, kept: true, text: "دیدم که انجام شده است" },
  "issue-linked": { issueId: "IS-7K3M-9XPT-Q" },
  "issue-unlinked": { issueId: "IS-7K3M-9XPT-Q" },
  "deadlines-changed": {
    reason: "برف",
    date: "2026-11-24",
    reverted: true,
    previousDeadlines: { acknowledgeBy: at, answerBy: at },
  },
} satisfies Record<NewEvent["type"], object>;
const noted = {
  "visit-ordered": { visitId: "v-1", plannedAt: at, reportBy: at },
  "visit-planned": { visitId: "v-1", plannedAt: at },
  "visit-cancelled": { visitId: "v-1", reason: "همان موضوع دیروز دیده شد." },
  "visit-overdue": { visitId: "v-1" },
  "identity-read": { inspector: "inspector-1", name: "مینا احمدی" },
  "renewal-requested": { inspector: "inspector-1", name: "مینا احمدی" },
  "secret-renewed": { generation: 1, inspector: "inspector-1", name: "مینا احمدی" },
  "consent-given": { agencyId: "water", transferCount: 1 },
  "consent-withdrawn": {},
  "identity-erased": {},
  "texts-erased": {},
  "opinion-given": { solved: "partly", handling: 3, pressured: true, comment: "خوب نبود" },
  "call-consent-given": {},
  "call-consent-withdrawn": {},
  "sms-consent-given": {},
  "sms-consent-withdrawn": {},
  "phone-read": { group: "silent" },
  "call-recorded": { outcome: "answered", group: "silent", probability: 0.123, solved: "no", handling: 2 },
  "issue-call-recorded": { outcome: "answered" },
  "notice-opened": { noticeId: "N-7K3M-9XPT-Q" },
  "notice-agreed": { noticeId: "N-7K3M-9XPT-Q" },
  "notice-disagreed": { noticeId: "N-7K3M-9XPT-Q" },
  "dispute-lodged-by-phone": {},
  "hold-set": { reason: "دادگاه خواسته است" },
  "hold-lifted": { reason: "رأی صادر شد" },
} satisfies Record<keyof EntryPayload | string, object>;

const after = { ...aComplaint(), status: "closed" };
const signed = { at, by: "agency", clientId: hidden(5), person: hidden(6), after };
const events = Object.entries(said).map(([type, one], n) =>
  ComplaintEvent.parse({ type, version: n + 1, ...signed, maskedTexts: { text: hidden(7) }, ...one }),
);
const series = Object.entries(noted).map(([type, one], n) =>
  ConfidentialEntry.parse({ type, entryNumber: n + 1, ...signed, ...one }),
);
const earlier = "QZ-2222-2222-2";
const complaint = aComplaint({
  status: "closed",
  version: events.length,
  closure: "decided",
  filedBy: hidden(8),
  identityDigests: [hidden(11)],
  retaliationFor: earlier,
});
const description = "<script>alert(1)</script> باجه خالی بود";
const filing = {
  occurredAt: "2026-11-23T05:00:00.000Z",
  employee: { name: "رضا کریمی", personnelId: "987", counter: "باجهٔ ۳" },
};
const narrative = { description, ...filing, maskedTexts: { description: hidden(9), employee: { name: hidden(10) } } };
const story = { complaint, narrative, events, uploads: [] };
const idPrefixes = { idPrefix: "QZ", phonePrefix: "28" };
const view = citizenView(story, { confidentialLog: series, now: at, retention: defaultRetention, idPrefixes });
const whole = complaintExport(story, {
  retention: defaultRetention,
  idPrefixes,
  confidentialLog: series,
  now: at,
  clocks: [
    {
      step: "answer",
      clock: "office-hours",
      duration: "PT48H",
      startedAt: at,
      dueAt: at,
      metAt: at,
      breached: false,
      cappedBy: "answer",
      counted: [{ from: at, to: at }],
      skipped: [{ date: "2026-11-27", dayType: "weekend", reason: { fa: "برف و یخبندان" } }],
      assumedFrom: "2027-03-21",
    },
  ],
});
const water = { fa: "آب و فاضلاب", en: "Water" };
const names = {
  agency: { water, gas: { fa: "گاز", en: "Gas" }, [complaint.agencyId]: { fa: "بیمه", en: "Insurance" } },
  county: { [complaint.countyId]: { fa: "قزوین", en: "Qazvin" } },
  office: { "gas-1": { fa: "ادارهٔ گاز مرکزی", en: "Central gas office" } },
  category: { [complaint.category]: { fa: "دیرکرد", en: "Delay" } },
  cause: { [judged.cause]: { fa: "بی‌جانشین", en: "Nobody stands in" } },
};
const pages = { fa: exportPage(whole, { language: "fa", names }), en: exportPage(whole, { language: "en", names }) };

describe("an export", () => {
  test("is the citizen's view, whole, without what may be done now", () => {
    const { allowedMoves: _allowed, blockedMoves: _blocked, ...told } = view;
    expect(whole.complaint).toEqual(told);
    expect(whole.complaint.history.length).toBe(events.length + series.length);
  });

  test("has what else was said at filing, also of an office that a transfer took it from", () => {
    expect(complaint.officeId).toBeUndefined();
    expect(whole.filing).toEqual({ ...filing, officeId: "gas-1", language: "fa", retaliationFor: earlier });
    const rows = rowsOf(pages.fa);
    for (const row of [
      ["اداره", "ادارهٔ گاز مرکزی"],
      ["زمان وقوع", tehranTime(filing.occurredAt, "fa")],
      ["نام", filing.employee.name],
      ["شمارهٔ پرسنلی", filing.employee.personnelId],
      ["باجه", filing.employee.counter],
      ["زبان", "فارسی"],
    ])
      expect(rows).toContainEqual(row);
  });

  test("says nothing of an employee once texts are erased, and leaves what was blanked as it is", () => {
    const blanked = complaintExport(
      { ...story, narrative: narrativeWithoutTexts(narrative) },
      { confidentialLog: series, now: at, retention: defaultRetention, idPrefixes, clocks: [] },
    );
    expect(blanked.filing).toEqual({ ...whole.filing, employee: undefined });
    expect(blanked.complaint.description).toBe("█████");
  });

  test.each([
    ["somebody is named", complaint.identityDigests, [], true],
    ["nobody is", [], [], false],
    ["the identity was erased", complaint.identityDigests, series, false],
  ])("tells whether it is kept who complains: %s", (_, identityDigests, noted, identityKept) => {
    const told = complaintExport(
      { ...story, complaint: { ...complaint, identityDigests } },
      { confidentialLog: noted, now: at, retention: defaultRetention, idPrefixes, clocks: [] },
    );
    expect(told.identityKept).toBe(identityKept);
  });

  test.each(["fa", "en"] as const)("holds nothing that the view hides, nor does its page (%s)", (language) => {
    expect(JSON.stringify({ said, noted, narrative, signed })).toContain("hidden-");
    expect(JSON.stringify(whole)).not.toContain("hidden-");
    expect(pages[language]).not.toMatch(/hidden-|0\.123|statistics|phoneGiven/);
  });

  test.each(["fa", "en"] as const)("has on its page all that people wrote, and when (%s)", (language) => {
    const written = [description, ...Object.values({ ...said, ...noted }).flatMap(wordsOf)];
    const shown = written.filter((one) => !one.startsWith("hidden-"));
    expect(shown.length).toBeGreaterThan(12);
    for (const one of shown) expect(pages[language]).toContain(one.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    expect(pages[language]).toContain(tehranTime(at, language));
    expect(pages[language]).toContain(water[language]);
    expect(pages[language]).not.toMatch(/<script|<b>/);
  });

  test.each([
    [
      "fa",
      ["تا روز", tehranDay("2027-03-01", "fa")],
      ["مهلت برای", "پاسخ"],
      ["مدت", "۴۸ ساعت"],
      ["تاریخ", "جمعه ۶ آذر ۱۴۰۵"],
    ],
    [
      "en",
      ["By the day", "Monday, 1 March 2027"],
      ["Deadline for", "to answer"],
      ["Time given", "48 hours"],
      ["Date", "Friday, 27 November 2026"],
    ],
  ] as const)("says days, lengths of time and what a clock is for in words (%s)", (language, ...told) => {
    for (const row of told) expect(rowsOf(pages[language])).toContainEqual(row);
    for (const form of ["2027-03-01", "2026-11-27", "PT48H"])
      expect(pages[language]).toContain(`<time datetime="${form}">`);
  });

  test.each([
    ["out-of-scope", "در صلاحیت سامانهٔ ۱۲۸ نیست", "it is no matter for FOAD 128"],
    ["not-a-complaint", "شکایت نیست", "it is not a complaint"],
  ] as const)("says why a case was rejected, in words that fit %s", (reason, fa, en) => {
    const rejected = { type: "rejected", at, reason, text: "متن" };
    const one = { ...whole, complaint: { ...view, closure: reason, history: [rejected] } };
    const read = { fa: exportPage(one, { language: "fa", names }), en: exportPage(one, { language: "en", names }) };
    expect(rowsOf(read.fa)).toContainEqual(["دلیل", fa]);
    expect(rowsOf(read.en)).toContainEqual(["Reason", en]);
    expect(read.fa).toContain(`<data value="${reason}">`);
    expect(read.fa.replaceAll(fa, "")).not.toContain("صلاحیت");
    expect(read.en.replaceAll(en, "")).not.toMatch(/>[^<]*scope/);
  });

  test.each(["fa", "en"] as const)("leaves as it is only what somebody wrote, and ids (%s)", (language) => {
    const asItIs = [...pages[language].matchAll(/<span dir="auto">([^<]*)/g)].map(([, one]) => one);
    const ids = [complaint.id, view.phoneId, earlier, "a-1", "v-1", "N-7K3M-9XPT-Q", "IS-7K3M-9XPT-Q", "inspector-1"];
    expect(asItIs).toEqual(expect.arrayContaining([said.extended.reason, said.disputed.reason]));
    const reasons = whole.clocks.flatMap(({ skipped }) => skipped.flatMap(({ reason }) => reason?.fa ?? []));
    const known = [...ids, ...reasons, ...wordsOf({ said, noted, filing })].map(escapeHtml);
    expect(asItIs.filter((one) => !known.includes(one ?? ""))).toEqual([]);
  });

  test("has neither Latin letters nor digits in Persian, but in ids and names of formats", () => {
    const rest = pages.fa
      .replace(/<span dir="auto">[^<]*/g, "")
      .replace(/<p dir="auto">[^<]*/g, "")
      .replace(/<[^>]*>/g, "");
    expect(rest.replaceAll("PDF", "")).not.toMatch(/[a-z0-9]/i);
  });

  test.each([
    ["PT3H", "۳ ساعت", "3 hours"],
    ["P10D", "۱۰ روز", "10 days"],
    ["P1825DT1H30M", "۱۸۲۵ روز و ۱ ساعت و ۳۰ دقیقه", "1825 days and 1 hour and 30 minutes"],
  ])("says %s in words", (duration, fa, en) => {
    expect(durationInWords(duration, "fa")).toBe(fa);
    expect(durationInWords(duration, "en")).toBe(en);
  });

  test("rounds no place", () => expect(pages.en).toContain("36.2678123"));

  test.each(["fa", "en"] as const)("calls every field by a name in the page's language (%s)", (language) => {
    const known = Object.values(fieldNames).map((name) => name[language]);
    const called = [...pages[language].matchAll(/<dt>([^<]*)/g)].map(([, name]) => name);
    expect(called.filter((name) => !known.includes(name ?? ""))).toEqual([]);
    const isBilingual = Object.values(codeNames).flatMap((words) => Object.values(words));
    for (const { fa, en } of [...isBilingual, ...Object.values(fieldNames)]) expect(fa).not.toBe(en);
  });
});

/** What a page says of each field that holds no others. */
function rowsOf(page: string): string[][] {
  return [...page.matchAll(/<dt>([^<]*)<\/dt><dd><(?:data|time|span)[^>]*>([^<]*)/g)].map(
    ([, name = "", value = ""]) => [name, value],
  );
}

/** The texts of an event: its fields that anybody may write what they like into. */
function wordsOf(one: object): string[] {
  const free = ["text", "reason", "comment", "fileName", "name", "personnelId", "counter"];
  return Object.entries(one).flatMap(([name, value]) => {
    if (typeof value === "object" && value !== null) return wordsOf(value);
    return free.includes(name) && typeof value === "string" ? [value] : [];
  });
}
