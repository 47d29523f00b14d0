import { describe, expect, test } from "vitest";
import { ComplaintEvent, type Spoken } from "#shared/domain/complaint/event.ts";
import { type Noted, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { ComplaintExport } from "#shared/domain/telling/export.ts";
import { exportPage } from "#shared/domain/telling/export-page.ts";
import { fieldNames, wordsIn } from "#shared/domain/telling/export-wording.ts";
import { tehranTime } from "#shared/domain/telling/tehran-time.ts";
import { citizenView } from "#shared/domain/telling/view.ts";
import { aComplaint } from "../support/a-complaint.ts";

const at = "2026-11-24T07:00:00.000Z";
/** What the citizen's view hides: if a page or an export has it, it came from here. */
const hidden = (n: number) => `hidden-${n}-word`;
const officer = { name: "مریم کریمی", personnelId: hidden(1) };
const judged = { finding: "founded", cause: "no-substitute", text: "حق با شماست <b>", actions: [{ text: "جانشین" }] };

/** One event of each type, and one note. */
const said = {
  filed: { channel: "web", origin: { language: "fa" }, counting: { key: 7 } },
  acknowledged: { officer },
  answered: { officer, ...judged },
  accepted: {},
  transferred: { fromAgencyId: "gas", toAgencyId: "water", reason: "به آب مربوط است" },
  extended: { reason: "بایگانی", was: at },
  disputed: { reason: "انجام نشد" },
  withdrawn: { reason: "دیگر لازم نیست" },
  expired: {},
  escalated: { level: 1, holder: "agency-head", owed: "answer", dueAt: at },
  decided: { ...judged, text: "رأی بازرس", upholdsAnswer: true },
  rejected: { reason: "out-of-scope", text: "به دادگاه مربوط است" },
  "message-posted": { text: "سلام", officer },
  "attachment-added": { attachmentId: "a-1", fileName: "file.pdf", contentType: "application/pdf", size: 1_234_567 },
  "visit-reported": {
    visitId: "v-1",
    arrivedAt: at,
    location: { latitude: 36.2, longitude: 50 },
    found: "confirmed",
    text: "باجه خالی بود",
  },
  "statement-added": { employee: { name: hidden(2), personnelId: hidden(3) }, text: hidden(4) },
  "deadlines-moved": { reason: "برف", date: "2026-11-24", lifted: true, was: { acknowledgeBy: at, answerBy: at } },
} satisfies Record<Spoken["type"], object>;
const noted = {
  "visit-ordered": { visitId: "v-1", plannedAt: at },
  "identity-read": { inspector: "inspector-1" },
  "consent-given": { agencyId: "water", transfers: 1 },
  "consent-taken-back": {},
  "identity-erased": {},
  "texts-erased": {},
  "opinion-given": { solved: "partly", handling: 3, pressed: true, comment: "خوب نبود" },
  "calls-allowed": {},
  "calls-ended": {},
  "phone-read": { group: "silent" },
  called: { outcome: "answered", group: "silent", probability: 0.123, solved: "no", handling: 2 },
  "dispute-carried": {},
  "hold-set": { reason: "دادگاه خواسته است" },
  "hold-lifted": { reason: "رأی صادر شد" },
} satisfies Record<keyof Noted | string, object>;

const after = { ...aComplaint(), status: "closed" };
const signed = { at, by: "agency", client: hidden(5), person: hidden(6), after };
const events = Object.entries(said).map(([type, one], n) =>
  ComplaintEvent.parse({ type, version: n + 1, ...signed, masked: { text: hidden(7) }, ...one }),
);
const series = Object.entries(noted).map(([type, one], n) =>
  PrivateEvent.parse({ type, private: n + 1, ...signed, ...one }),
);
const complaint = aComplaint({ status: "closed", version: events.length, closure: "decided", filedBy: hidden(8) });
const description = "<script>alert(1)</script> باجه خالی بود";
const narrative = { description, employee: { name: hidden(9) }, masked: { description: hidden(10) } };
const view = citizenView({ complaint, narrative, events, uploads: [] }, { series, now: at });
const whole = ComplaintExport.parse({
  exportedAt: at,
  complaint: view,
  clocks: [
    {
      owed: "answer",
      clock: "office-hours",
      duration: "PT3H",
      startedAt: at,
      dueAt: at,
      breached: false,
      counted: [{ from: at, to: at }],
      skipped: [{ date: "2026-11-27", why: "weekend" }],
    },
  ],
});
const water = { fa: "آب و فاضلاب", en: "Water" };
const names = { agency: { water, gas: { fa: "گاز", en: "Gas" } }, county: {}, category: {}, cause: {} };
const pages = { fa: exportPage(whole, { language: "fa", names }), en: exportPage(whole, { language: "en", names }) };

describe("an export", () => {
  test("is the citizen's view, whole", () => {
    expect(whole.complaint).toEqual(view);
    expect(whole.complaint.history.length).toBe(events.length + series.length);
  });

  test.each(["fa", "en"] as const)("holds nothing that the view hides, nor does its page (%s)", (language) => {
    expect(JSON.stringify({ said, noted, narrative, signed })).toContain("hidden-");
    expect(JSON.stringify(whole)).not.toContain("hidden-");
    expect(pages[language]).not.toMatch(/hidden-|0\.123|counting/);
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

  test.each(["fa", "en"] as const)("calls every field by a name in the page's language (%s)", (language) => {
    const known = Object.values(fieldNames).map((name) => name[language]);
    const called = [...pages[language].matchAll(/<dt>([^<]*)/g)].map(([, name]) => name);
    expect(called.filter((name) => !known.includes(name ?? ""))).toEqual([]);
    const isBilingual = Object.values(wordsIn).flatMap((words) => Object.values(words));
    for (const { fa, en } of [...isBilingual, ...Object.values(fieldNames)]) expect(fa).not.toBe(en);
  });
});

/** The texts of an event: its fields that anybody may write what they like into. */
function wordsOf(one: object): string[] {
  const free = ["text", "comment", "fileName", "name"];
  return Object.entries(one).flatMap(([name, value]) => {
    if (typeof value === "object" && value !== null) return wordsOf(value);
    return free.includes(name) && typeof value === "string" ? [value] : [];
  });
}
