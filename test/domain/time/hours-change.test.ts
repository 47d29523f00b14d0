import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, type DayOverride, liftHours, openHours, setHours } from "#shared/hours/office-hours.ts";
import type { Interval } from "#shared/time/calendar.ts";
import { aCalendar } from "../../support/a-calendar.ts";
import { isDeep } from "../../support/trial-size.ts";

const { officeHours } = aCalendar();
/** A Tuesday in autumn, open from 08:00 to 13:00. */
const today = "2026-11-24";
const at = (time: string, date = today) => new Date(`${date}T${time}+03:30`).toISOString();
const written = (intervals: Interval[] = []) => intervals.map(({ from, to }) => `${from}-${to}`).join(" ");
const hours = (text: string): Interval[] =>
  text
    .split(" ")
    .filter(Boolean)
    .map((one) => ({ from: one.slice(0, 5), to: one.slice(6) }));

/** Hours as they are set and lifted one after the other; a county by its id, `*` for the province. */
function aDay() {
  let set: DayOverride[] = [];
  const scope = (who: string) => ({ date: today, ...(who !== "*" && { countyId: who }) });
  const replace = (who: string, override: DayOverride | undefined) => {
    const others = set.filter(({ countyId = "*" }) => countyId !== who);
    set = override ? [...others, override] : others;
  };
  return {
    set: (who: string, time: string, text: string) =>
      replace(
        who,
        setHours(
          { ...scope(who), intervals: hours(text), reason: "برف" },
          { officeHours, overrides: set, now: at(time) },
        ),
      ),
    lift: (who: string, time: string) =>
      replace(who, liftHours(scope(who), { officeHours, overrides: set, now: at(time) })),
    in: (county: string) => written(openHours(calendarOf({ officeHours, overrides: set }, county), today).intervals),
    stored: () => set,
  };
}

describe("hours that are set for today", () => {
  test.each([
    ["closed in the morning", "10:30", "", "08:00-10:30"],
    ["closed within a minute, which is counted to its end", "10:30:20", "", "08:00-10:31"],
    ["closed on the last millisecond of a minute", "10:30:59.999", "", "08:00-10:31"],
    ["closed before it opens", "06:00", "", ""],
    ["closed as it opens", "08:00", "", ""],
    ["closed when it has closed already", "14:00", "", "08:00-13:00"],
    ["shortened, without a seam at the present minute", "10:30", "08:00-12:00", "08:00-12:00"],
    ["lengthened", "10:30", "08:00-15:00", "08:00-15:00"],
    ["begun earlier than was said, which is too late to be true", "10:30", "06:00-13:00", "08:00-13:00"],
    ["with a break", "10:30", "08:00-11:00 12:00-14:00", "08:00-11:00 12:00-14:00"],
    ["opened again in the evening", "14:00", "16:00-18:00", "08:00-13:00 16:00-18:00"],
    ["set in the last minute of the day", "23:59:30", "08:00-10:00", "08:00-13:00"],
    ["set as the day begins", "00:00", "09:00-10:00", "09:00-10:00"],
  ])("%s", (_, time, text, expected) => {
    const day = aDay();
    day.set("qazvin", time, text);
    expect(day.in("qazvin")).toBe(expected);
    expect(day.in("takestan")).toBe("08:00-13:00");
  });

  test("twice are the hours counted so far and then the later ones", () => {
    const day = aDay();
    day.set("qazvin", "09:00", "");
    day.set("qazvin", "10:00", "08:00-12:00");
    expect(day.in("qazvin")).toBe("08:00-09:00 10:00-12:00");
  });

  test("until a time that has come open nothing any more", () => {
    const day = aDay();
    day.set("qazvin", "09:00", "");
    day.set("qazvin", "12:00", "08:00-12:00");
    expect(day.in("qazvin")).toBe("08:00-09:00");
  });

  test("for the province leave a county with hours of its own alone", () => {
    const day = aDay();
    day.set("qazvin", "09:00", "08:00-12:00");
    day.set("*", "10:00", "");
    expect([day.in("qazvin"), day.in("takestan")]).toEqual(["08:00-12:00", "08:00-10:00"]);
  });

  test("for a county start from what the province had", () => {
    const day = aDay();
    day.set("*", "09:00", "");
    day.set("qazvin", "10:00", "08:00-13:00");
    expect([day.in("qazvin"), day.in("takestan")]).toEqual(["08:00-09:00 10:00-13:00", "08:00-09:00"]);
  });
});

describe("hours that are taken back today", () => {
  test("are as usual from then on, and what was not counted stays so", () => {
    const day = aDay();
    day.set("qazvin", "09:00", "");
    day.lift("qazvin", "10:00:01");
    expect(day.in("qazvin")).toBe("08:00-09:00 10:01-13:00");
  });

  test("leave no trace where they changed nothing yet", () => {
    const day = aDay();
    day.set("qazvin", "06:00", "");
    day.lift("qazvin", "07:00");
    expect(day.stored()).toEqual([]);
  });

  test("change nothing a second time", () => {
    const day = aDay();
    day.set("qazvin", "09:00", "");
    day.lift("qazvin", "10:00");
    day.lift("qazvin", "11:00");
    expect(day.in("qazvin")).toBe("08:00-09:00 10:00-13:00");
  });

  test("held as long as they held, also if the province is closed", () => {
    const day = aDay();
    day.set("*", "06:00", "");
    day.set("qazvin", "07:00", "08:00-13:00");
    day.lift("qazvin", "10:00");
    expect([day.in("qazvin"), day.in("takestan")]).toEqual(["08:00-10:00", ""]);
  });

  test("follow the province from then on, also if it closes later", () => {
    const day = aDay();
    day.set("qazvin", "09:00", "");
    day.lift("qazvin", "10:00");
    day.set("*", "11:00", "");
    expect([day.in("qazvin"), day.in("takestan")]).toEqual(["08:00-09:00 10:00-11:00", "08:00-11:00"]);
  });
});

describe("another day", () => {
  const change = { date: "2026-11-25", intervals: hours("09:00-10:00"), reason: "برف" };

  test("to come takes the hours as they are told", () => {
    const set = setHours(change, { officeHours, overrides: [], now: at("10:00") });
    expect(set).toMatchObject(change);
  });

  test("to come is as usual once they are taken back", () => {
    const set = [setHours(change, { officeHours, overrides: [], now: at("10:00") })];
    expect(liftHours(change, { officeHours, overrides: set, now: at("11:00") })).toBeUndefined();
  });

  test("to come keeps its hours when those of today are taken back", () => {
    const set = [setHours(change, { officeHours, overrides: [], now: at("10:00") })];
    expect(liftHours({ date: today }, { officeHours, overrides: set, now: at("11:00") })).toBeUndefined();
  });

  test.each(["2026-11-25T20:30:00.000Z", "2026-12-01T06:00:00.000Z"])("that has passed at %s is refused", (now) => {
    const refusal = { code: "invalid", errors: [{ path: "date", rule: "in-the-past" }] };
    expect(() => setHours(change, { officeHours, overrides: [], now })).toThrow(expect.objectContaining(refusal));
    expect(() => liftHours(change, { officeHours, overrides: [], now })).toThrow(expect.objectContaining(refusal));
  });
});

const minuteOfDay = fc.nat({ max: 1439 });
const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const someHours = fc
  .uniqueArray(minuteOfDay, { maxLength: 4 })
  .map((cuts) => cuts.sort((a, b) => a - b).map(time))
  .map((cuts) => cuts.flatMap((from, n) => (n % 2 === 0 && cuts[n + 1] ? [`${from}-${cuts[n + 1]}`] : [])).join(" "));
const aStep = fc.record({
  who: fc.constantFrom("*", "qazvin", "takestan"),
  minute: minuteOfDay,
  text: fc.option(someHours, { nil: undefined }),
});
const openMinutes = (text: string) =>
  Array.from({ length: 1440 }, (_, n) => hours(text).some(({ from, to }) => from <= time(n) && time(n) < to));

test("whatever is set and taken back in a day, no minute that has passed is counted otherwise than before", () => {
  fc.assert(
    fc.property(fc.array(aStep, { maxLength: 8 }), (steps) => {
      const day = aDay();
      for (const { who, minute, text } of steps.sort((a, b) => a.minute - b.minute)) {
        const before = ["qazvin", "takestan", "avaj"].map((county) => openMinutes(day.in(county)).slice(0, minute));
        if (text === undefined) day.lift(who, time(minute));
        else day.set(who, time(minute), text);
        const after = ["qazvin", "takestan", "avaj"].map((county) => openMinutes(day.in(county)));
        expect(after.map((all) => all.slice(0, minute))).toEqual(before);
        const own = after[["qazvin", "takestan"].indexOf(who)]?.slice(minute);
        if (own && text !== undefined) expect(own).toEqual(openMinutes(text).slice(minute));
      }
    }),
    // A few days find most faults in no time; the whole count is for whoever asks for it.
    { numRuns: isDeep ? 100 : 25 },
  );
});
