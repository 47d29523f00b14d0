import { expect, test } from "vitest";
import { addWeeks, weekClosesOn, weekCountsOf, weekOf } from "#functions/figures/weeks.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { aComplaint } from "../../support/a-complaint.ts";

const week = "2026-11-14";
const [from, until, asOf] = [week, addWeeks(week, 1), weekClosesOn(week)].map(startOfDay) as [string, string, string];
const terms = { agencyId: "gas", from, until, asOf };

test.each([
  ["a Saturday", "2026-11-14", "2026-11-14"],
  ["a Monday", "2026-11-16", "2026-11-14"],
  ["a Friday", "2026-11-20", "2026-11-14"],
  ["the next Saturday", "2026-11-21", "2026-11-21"],
])("the week of %s begins on a Saturday", (_, day, saturday) => {
  expect(weekOf(day)).toBe(saturday);
});

test("a week is from Saturday to Friday in Tehran, and closes seven days later", () => {
  expect([from, until, asOf]).toEqual([
    "2026-11-13T20:30:00.000Z",
    "2026-11-20T20:30:00.000Z",
    "2026-11-27T20:30:00.000Z",
  ]);
});

const answerBy = "2026-11-18T06:00:00.000Z";
let count = 0;
type Step = Partial<ComplaintEvent> & Pick<ComplaintEvent, "type" | "at">;

/** The events of one complaint in the feed. */
function feed(...steps: Step[]) {
  const complaintId = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  return steps.map((step, n) => {
    const after = { ...aComplaint({ agencyId: "gas", answerBy }), ...(step.after ?? {}) };
    return { by: "system", version: n + 1, ...step, after, complaintId } as unknown as ComplaintEvent & {
      complaintId: string;
    };
  });
}
const filed: Step = { type: "filed", at: "2026-11-16T06:00:00.000Z" };
const transferredAway = (at: string) => ({ type: "transferred", at, toAgencyId: "post", fromAgencyId: "gas" }) as Step;
const received = (at: string) => ({ type: "transferred", at, toAgencyId: "gas", fromAgencyId: "post" }) as Step;
const closed = { after: { status: "closed" } } as object;

test.each<[string, Step[], object]>([
  ["answered in time", [filed, { type: "answered", at: "2026-11-17T06:00:00.000Z" }], { filed: 1, answeredInTime: 1 }],
  ["answered at the deadline", [filed, { type: "answered", at: answerBy }], { filed: 1, answeredInTime: 0 }],
  ["not answered", [filed], { filed: 1, answeredInTime: 0 }],
  ["answered after the week closed", [filed, { type: "answered", at: asOf }], { filed: 1, answeredInTime: 0 }],
  ["transferred away at the deadline", [filed, transferredAway(answerBy)], { filed: 1, answeredInTime: 0 }],
  ["filed in the first instant of the week", [{ ...filed, at: from }], { filed: 1, answeredInTime: 0 }],
  [
    "received from another agency",
    [received("2026-11-16T07:00:00.000Z"), { type: "answered", at: "2026-11-17T06:00:00.000Z" }],
    { filed: 1, answeredInTime: 1 },
  ],
])("a complaint that was %s counts", (_, steps, counts) => {
  expect(weekCountsOf(feed(...steps), terms)).toEqual({ qazvin: counts });
});

test.each<[string, Step[]]>([
  ["was filed before the week", [{ ...filed, at: "2026-11-13T20:29:59.999Z" }]],
  ["was filed after the week", [{ ...filed, at: until }]],
  ["was transferred away", [filed, transferredAway("2026-11-16T07:00:00.000Z")]],
  ["was received when its answer was late", [received(answerBy), { type: "answered", at: answerBy }]],
  ["was withdrawn before an answer was due", [filed, { type: "withdrawn", at: "2026-11-16T07:00:00.000Z", ...closed }]],
  ["was rejected", [filed, { type: "rejected", at: "2026-11-19T07:00:00.000Z", ...closed }]],
  ["is not due yet", [{ ...filed, after: { answerBy: asOf.replace("27", "28") } as Step["after"] } as Step]],
])("a complaint that %s does not count", (_, steps) => {
  expect(weekCountsOf(feed(...steps), terms)).toEqual({});
});

test("a complaint that was transferred away and came back in the next week counts in that week alone", () => {
  const events = feed(
    filed,
    transferredAway("2026-11-17T06:00:00.000Z"),
    { ...received("2026-11-22T06:00:00.000Z"), after: { answerBy: "2026-11-24T06:00:00.000Z" } } as Step,
    { type: "answered", at: "2026-11-23T06:00:00.000Z", after: { answerBy: "2026-11-24T06:00:00.000Z" } } as Step,
  );
  const later = addMilliseconds(asOf, 7 * dayMs);
  expect(weekCountsOf(events, { ...terms, asOf: later })).toEqual({});
  const next = { ...terms, from: until, until: asOf, asOf: later };
  const ofNextWeek = { qazvin: { filed: 1, answeredInTime: 1 } };
  expect(weekCountsOf(events, next)).toEqual(ofNextWeek);
  // The feed is read from the beginning of the week.
  expect(weekCountsOf(events.slice(2), next)).toEqual(ofNextWeek);
});
