import { describe, expect, test } from "vitest";
import type { Change } from "#shared/complaints/change.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { Deadlines, explainDeadlines } from "#shared/complaints/explanation.ts";
import { acknowledge, answer, dispute, withdraw } from "#shared/complaints/moves.ts";
import { postMessage } from "#shared/complaints/remarks.ts";
import type { Category } from "#shared/province/terms.ts";
import { aCalendar } from "../../support/a-calendar.ts";
import { aComplaint, agencyPrincipal, citizenPrincipal } from "../../support/a-complaint.ts";

const at = (wallTime: string) => new Date(`2026-11-${wallTime.replace(" ", "T")}+03:30`).toISOString();
const office = (duration: string) => ({ clock: "office-hours" as const, duration });
const name = { fa: "نام", en: "name" };
const category: Category = {
  id: "disrespect",
  name,
  acknowledge: office("PT1H"),
  answer: office("PT3H"),
  extension: office("PT3H"),
};
const policies = {
  category,
  confirmation: { clock: "elapsed" as const, duration: "P10D" },
  review: { clock: "elapsed" as const, duration: "PT48H" },
};

/** Filed on Wednesday half an hour before closing; Thursday and Friday are off and Saturday was closed by an admin. */
const complaint = aComplaint({
  filedAt: at("25 12:30"),
  acknowledgeFrom: at("25 12:30"),
  acknowledgeBy: at("29 08:30"),
  answerBy: at("29 10:30"),
});
const live = [{ date: "2026-11-28", intervals: [], reason: "آلودگی هوا" }];
const calendar = aCalendar({ live });

type Given = { change?: Change; complaint?: Partial<Complaint>; now?: string };

function explained({ change, now = at("25 12:40"), ...given }: Given = {}) {
  const events: ComplaintEvent[] = change?.events ?? [];
  const head = { ...(change?.complaint ?? complaint), ...given.complaint };
  return Deadlines.parse(explainDeadlines({ complaint: head, events, ...policies, calendar, now })).clocks;
}

const officer = { name: "مریم کریمی" };
const acknowledgedAt = (now: string) => acknowledge(complaint, { by: agencyPrincipal, now, officer });
const answeredAt = (now: string) =>
  answer(complaint, {
    by: agencyPrincipal,
    now,
    officer,
    text: "بررسی شد",
    finding: "founded",
    cause: "capacity",
    actions: [],
    confirmBy: at("30 12:50"),
  });

test("of a category that the province no longer has, each clock still tells when it ends, and guesses nothing", () => {
  const told = { complaint, events: [], ...policies, category: undefined, calendar, now: at("29 09:00") };
  expect(Deadlines.parse(explainDeadlines(told)).clocks).toEqual([
    { step: "acknowledge", startedAt: at("25 12:30"), dueAt: at("29 08:30"), breached: true, counted: [], skipped: [] },
    { step: "answer", startedAt: at("25 12:30"), dueAt: at("29 10:30"), breached: false, counted: [], skipped: [] },
  ]);
});

test("each clock tells which hours were counted, and which days were skipped and why", () => {
  const skipped = [
    { date: "2026-11-26", dayType: "weekend" },
    { date: "2026-11-27", dayType: "weekend" },
    { date: "2026-11-28", dayType: "closed", reason: { fa: "آلودگی هوا" } },
  ];
  expect(explained()).toEqual([
    {
      step: "acknowledge",
      clock: "office-hours",
      duration: "PT1H",
      breached: false,
      skipped,
      startedAt: at("25 12:30"),
      dueAt: at("29 08:30"),
      counted: [
        { from: at("25 12:30"), to: at("25 13:00") },
        { from: at("29 08:00"), to: at("29 08:30") },
      ],
    },
    {
      step: "answer",
      clock: "office-hours",
      duration: "PT3H",
      breached: false,
      skipped,
      startedAt: at("25 12:30"),
      dueAt: at("29 10:30"),
      counted: [
        { from: at("25 12:30"), to: at("25 13:00") },
        { from: at("29 08:00"), to: at("29 10:30") },
      ],
    },
  ]);
});

describe("whether a clock was met and when", () => {
  test.each<[string, Given, object]>([
    ["nothing was done in time yet", {}, { acknowledge: [undefined, false], answer: [undefined, false] }],
    [
      "nothing was done, and the acknowledgement is late",
      { now: at("29 08:30") },
      { acknowledge: [undefined, true], answer: [undefined, false] },
    ],
    [
      "acknowledged in time",
      { change: acknowledgedAt(at("25 12:45")), now: at("30 08:00") },
      { acknowledge: [at("25 12:45"), false], answer: [undefined, true] },
    ],
    [
      "acknowledged at the very instant at which it was filed",
      { change: acknowledgedAt(at("25 12:30")) },
      { acknowledge: [at("25 12:30"), false], answer: [undefined, false] },
    ],
    [
      "acknowledged at the very instant, which is late",
      { change: acknowledgedAt(at("29 08:30")) },
      { acknowledge: [at("29 08:30"), true], answer: [undefined, false] },
    ],
    [
      "answered at once",
      { change: answeredAt(at("25 12:50")), now: at("30 08:00") },
      { acknowledge: [at("25 12:50"), false], answer: [at("25 12:50"), false], confirm: [undefined, false] },
    ],
    [
      "withdrawn before anything was due",
      { change: withdraw(complaint, { by: citizenPrincipal, now: at("25 12:50") }), now: at("30 08:00") },
      { acknowledge: [undefined, false], answer: [undefined, false] },
    ],
  ])("%s", (_, given, expected) => {
    const found = explained(given).map(({ step, metAt, breached }) => [step, [metAt, breached]]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});

test("the citizen's window and its elapsed time are one whole interval", () => {
  const window = explained({ change: answeredAt(at("25 12:50")) }).find(({ step }) => step === "confirm");
  expect(window).toMatchObject({
    startedAt: at("25 12:50"),
    dueAt: at("30 12:50"),
    skipped: [],
    counted: [{ from: at("25 12:50"), to: at("30 12:50") }],
  });
});

test("a review runs from the dispute, whatever was said after it, and the window before it was met", () => {
  const answered = answeredAt(at("25 12:50"));
  const terms = { by: citizenPrincipal, now: at("26 10:00"), reason: "درست نیست", reviewBy: at("28 10:00") };
  const disputed = dispute(answered.complaint, terms);
  const { complaint, events } = postMessage(disputed.complaint, {
    by: citizenPrincipal,
    now: at("26 11:00"),
    text: "سلام",
  });
  const change = { complaint, events: [...answered.events, ...disputed.events, ...events] };
  expect(explained({ change, now: at("28 10:00") }).slice(2)).toMatchObject([
    { step: "confirm", startedAt: at("25 12:50"), metAt: at("26 10:00"), breached: false },
    { step: "review", startedAt: at("26 10:00"), dueAt: at("28 10:00"), breached: true },
  ]);
});

test("a retaliation report has no clock but that of its review, which runs from the filing", () => {
  const review = { status: "disputed" as const, retaliationFor: "QZ-0000-0000-0", reviewBy: at("27 12:30") };
  expect(explained({ complaint: review })).toMatchObject([
    { step: "review", startedAt: at("25 12:30"), dueAt: at("27 12:30"), duration: "PT48H" },
  ]);
});

describe("an acknowledgement that is due when the answer is", () => {
  // The answer is due on Friday, when the offices have been shut for a day and a half.
  const delay: Category = { ...category, acknowledge: office("PT3H"), answer: { clock: "elapsed", duration: "PT48H" } };
  const due = at("27 12:30");
  const capped = { acknowledgeBy: due, answerBy: due };
  const clockOf = (given: Given, one = delay) => {
    const head = { ...complaint, ...given.complaint };
    const events = given.change?.events ?? [];
    const { clocks } = explainDeadlines({
      complaint: head,
      events,
      ...policies,
      category: one,
      calendar,
      now: at("25 12:40"),
    });
    return clocks.find(({ step }) => step === "acknowledge");
  };

  test("tells that this, and no clock of its own, ends it", () => {
    expect(clockOf({ complaint: capped })).toMatchObject({ dueAt: due, duration: "PT3H", cappedBy: "answer" });
  });

  test("tells so too once the answer was put off", () => {
    const longer = { ...capped, answerBy: at("28 12:30") };
    const after = { status: "acknowledged" };
    const event = { type: "extended", previousAnswerBy: due, at: at("26 12:30"), after } as ComplaintEvent;
    const change = { events: [event], complaint } as Change;
    expect(clockOf({ complaint: longer, change })).toMatchObject({ cappedBy: "answer" });
    expect(clockOf({ complaint: longer })).not.toHaveProperty("cappedBy");
  });

  test("says nothing of it where its own clock ends it", () => {
    expect(clockOf({}, category)).not.toHaveProperty("cappedBy");
  });
});

test("an extended answer tells the whole of its time", () => {
  const extended = explained({ complaint: { extended: true, answerBy: at("30 08:30") } }).find(
    ({ step }) => step === "answer",
  );
  expect(extended).toMatchObject({ duration: "PT6H", dueAt: at("30 08:30") });
});

test("after a transfer the acknowledgement of the agency before counts no more", () => {
  const clocks = explained({ change: acknowledgedAt(at("25 12:45")), complaint: { acknowledgeFrom: at("25 12:50") } });
  expect(clocks[0]).toMatchObject({ step: "acknowledge", startedAt: at("25 12:50") });
  expect(clocks[0]?.metAt).toBeUndefined();
});

test("a clock that runs past the hours that are known tells from which day on it goes by the last pattern", () => {
  const head = {
    filedAt: at("25 12:30"),
    acknowledgeFrom: at("25 12:30"),
    acknowledgeBy: at("25 13:00"),
    answerBy: at("30 10:00"),
  };
  const beyond = aCalendar({ holidaysUntil: "2026-11-28" });
  const told = explainDeadlines({
    complaint: aComplaint(head),
    events: [],
    ...policies,
    calendar: beyond,
    now: at("25 12:40"),
  });
  expect(Deadlines.parse(told).clocks.map(({ step, assumedFrom }) => [step, assumedFrom])).toEqual([
    ["acknowledge", undefined],
    ["answer", "2026-11-29"],
  ]);
});
