import { describe, expect, test } from "vitest";
import { acknowledgeByAfterTransfer, deadlinesAtFiling, extendedAnswerBy } from "#shared/complaints/deadlines.ts";
import { aCalendar } from "../../support/a-calendar.ts";

const at = (wallTime: string) => new Date(`2026-11-${wallTime.replace(" ", "T")}+03:30`).toISOString();
const office = (duration: string) => ({ clock: "office-hours" as const, duration });
const elapsed = (duration: string) => ({ clock: "elapsed" as const, duration });
const calendar = aCalendar();
const slow = { acknowledge: office("PT3H"), answer: elapsed("PT48H"), extension: elapsed("PT24H") };
const quick = { acknowledge: office("PT1H"), answer: office("PT3H"), extension: office("PT3H") };

describe("a complaint that is filed", () => {
  test.each([
    ["on a working morning", quick, "24 10:40", "24 12:40"],
    ["for an answer that takes days", slow, "24 12:40", "26 09:40"],
  ])("%s is acknowledged and answered within the hours of its category", (_, category, acknowledge, answer) => {
    expect(deadlinesAtFiling({ category, now: at("24 09:40"), calendar })).toEqual({
      acknowledgeBy: at(acknowledge),
      answerBy: at(answer),
    });
  });

  test("before a long weekend is never acknowledged later than answered", () => {
    // Wednesday after closing: three office hours end on Saturday, 48 elapsed hours on Friday.
    expect(deadlinesAtFiling({ category: slow, now: at("25 14:00"), calendar })).toEqual({
      acknowledgeBy: at("27 14:00"),
      answerBy: at("27 14:00"),
    });
  });
});

describe("a complaint that is sent on", () => {
  test("has a fresh time to be acknowledged, from now", () => {
    const given = { category: slow, now: at("24 10:00"), calendar, answerBy: at("26 09:40") };
    expect(acknowledgeByAfterTransfer(given)).toBe(at("24 13:00"));
  });

  test("has no longer than the answer has", () => {
    const given = { category: slow, now: at("24 10:00"), calendar, answerBy: at("24 11:00") };
    expect(acknowledgeByAfterTransfer(given)).toBe(at("24 11:00"));
  });
});

test("a complaint that is sent on under a category that nobody knows any more is owed as soon as its answer is", () => {
  const given = { category: undefined, now: at("24 10:00"), calendar, answerBy: at("26 09:40") };
  expect(acknowledgeByAfterTransfer(given)).toBe(given.answerBy);
});

describe("an answer that is extended", () => {
  test.each([
    ["in office hours, which go on the next morning", quick, "24 12:40", "25 10:40"],
    ["in elapsed time, day and night", slow, "26 09:40", "27 09:40"],
    [
      "on the answer's own clock, whatever the extension's",
      { ...slow, extension: office("PT24H") },
      "26 09:40",
      "27 09:40",
    ],
  ])("is due later %s", (_, category, answerBy, extended) => {
    expect(extendedAnswerBy({ category, answerBy: at(answerBy), calendar })).toBe(at(extended));
  });
});
