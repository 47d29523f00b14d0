import fc from "fast-check";
import { readProvince } from "#infra/provinces/province-files.ts";
import type { Calendar } from "#shared/hours/office-hours.ts";
import { type Interval, OfficeHours, type WeeklyRange } from "#shared/time/calendar.ts";

const qazvin = readProvince("qazvin");

/** Days of a random calendar in which something may change; after them its last pattern goes on. */
export const eventfulDays = 70;
export const counties = ["qazvin", "takestan", "abyek"];

/** The hours of the county of Qazvin as its province file tells them, but for what the test is about. */
export function aCalendar({
  countyId = "qazvin",
  live = [],
  ...hours
}: Partial<OfficeHours & Calendar> = {}): Calendar {
  return { officeHours: OfficeHours.parse({ ...qazvin.officeHours, ...hours }), countyId, live };
}

/** The terms of a visit that must be reported within eight office hours. */
export const visitTerms = { policy: { clock: "office-hours", duration: "PT8H" }, calendar: aCalendar() } as const;

const provenance = { source: ["made up"], certain: true };

/** The date `n` days after 1 January 1970. */
export const isoDate = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);

const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Minutes that often fall together, since faults live where a clock meets closing time. */
export const minutesUpTo = (max: number) =>
  fc.oneof(
    fc.nat({ max }),
    fc.nat({ max: Math.floor(max / 30) }).map((n) => n * 30),
  );

// The clocks of Iran changed at midnight, and no office is open then: hours stay between 02:00 and 22:00.
const minuteOfDay = minutesUpTo(20 * 60).map((n) => 120 + n);

const intervals: fc.Arbitrary<Interval[]> = fc
  .uniqueArray(fc.record({ minute: minuteOfDay, open: fc.boolean() }), {
    maxLength: 6,
    selector: ({ minute }) => minute,
  })
  .map((cuts) => cuts.sort((a, b) => a.minute - b.minute))
  .map((cuts) =>
    cuts.slice(1).flatMap(({ minute }, n) => {
      const before = cuts[n];
      return before?.open ? [{ from: time(before.minute), to: time(minute) }] : [];
    }),
  );

const weekly: fc.Arbitrary<WeeklyRange["weekly"]> = fc.record({
  // Two hours a week at least, or the oracle walks for years.
  saturday: fc.nat({ max: 600 }).map((n) => [{ from: time(120 + n), to: time(360 + n) }]),
  sunday: intervals,
  monday: intervals,
  tuesday: intervals,
  wednesday: intervals,
  thursday: intervals,
  friday: intervals,
});

/** Ranges in order, some next to each other, some with a gap between them. */
function ranges(firstDay: number, most: { minLength: number; maxLength: number }): fc.Arbitrary<WeeklyRange[]> {
  const aRange = fc.record({ day: fc.nat({ max: eventfulDays }), short: fc.nat({ max: 3 }), weekly });
  return fc.uniqueArray(aRange, { ...most, selector: ({ day }) => day }).map((drawn) => {
    const inOrder = drawn.sort((a, b) => a.day - b.day);
    return inOrder.map(({ day, short, weekly }, n) => {
      const last = Math.max(day, (inOrder[n + 1]?.day ?? eventfulDays + 1) - 1 - short);
      return { id: `range-${n}`, from: isoDate(firstDay + day), to: isoDate(firstDay + last), weekly, ...provenance };
    });
  });
}

const days = (firstDay: number) => fc.nat({ max: eventfulDays - 1 }).map((n) => isoDate(firstDay + n));

function overrides(firstDay: number) {
  const anOverride = fc.record(
    { date: days(firstDay), countyId: fc.constantFrom(...counties), intervals, reason: fc.constant("snow") },
    { requiredKeys: ["date", "intervals", "reason"] },
  );
  return fc.uniqueArray(anOverride, { maxLength: 12, selector: ({ date, countyId }) => `${date} ${countyId}` });
}

const officeHours = (firstDay: number) =>
  fc
    .record({
      timeZone: fc.constant("Asia/Tehran"),
      national: ranges(firstDay, { minLength: 1, maxLength: 4 }),
      provincial: ranges(firstDay, { minLength: 0, maxLength: 2 }),
      holidays: fc.array(
        days(firstDay).map((date) => ({ date, name: { fa: "تعطیل", en: "holiday" }, ...provenance })),
        { maxLength: 8 },
      ),
      holidaysUntil: fc.constant(isoDate(firstDay + eventfulDays)),
      overrides: overrides(firstDay).map((all) => all.map((one) => ({ ...one, ...provenance }))),
    })
    .map((hours) => OfficeHours.parse(hours));

// Before September 2022 the clocks changed twice a year.
const firstDays = fc.oneof(
  fc.integer({ min: Date.UTC(2019, 0, 1) / 86_400_000, max: Date.UTC(2029, 0, 1) / 86_400_000 }),
  fc.constantFrom(Date.UTC(2021, 2, 1), Date.UTC(2021, 8, 1), Date.UTC(2022, 8, 1)).map((at) => at / 86_400_000),
);

/** Any calendar a province could write, and the first of its eventful days. */
export const anyCalendar: fc.Arbitrary<{ firstDay: number; calendar: Calendar }> = firstDays.chain((firstDay) =>
  fc.record({
    firstDay: fc.constant(firstDay),
    calendar: fc.record({
      officeHours: officeHours(firstDay),
      countyId: fc.constantFrom(...counties),
      live: overrides(firstDay),
    }),
  }),
);
