import { describe, expect, test } from "vitest";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { type HoursChangeCause, moveDeadlines } from "#shared/complaints/deadlines.ts";
import type { Category } from "#shared/province/terms.ts";
import type { Interval } from "#shared/time/calendar.ts";
import { aCalendar } from "../../support/a-calendar.ts";
import { aComplaint } from "../../support/a-complaint.ts";

const at = (wallTime: string) => new Date(`2026-11-${wallTime.replace(" ", "T")}+03:30`).toISOString();
const office = (duration: string) => ({ clock: "office-hours" as const, duration });
const elapsed = (duration: string) => ({ clock: "elapsed" as const, duration });
const name = { fa: "نام", en: "name" };
const quick: Category = {
  id: "disrespect",
  name,
  acknowledge: office("PT1H"),
  answer: office("PT3H"),
  extension: office("PT3H"),
};
const slow: Category = {
  id: "postponed-without-reason",
  name,
  acknowledge: office("PT3H"),
  answer: elapsed("PT48H"),
  extension: elapsed("PT24H"),
};

/** Filed on Tuesday at 09:50 in a county that is closed from 10:30 on. */
const filed = { filedAt: at("24 09:50"), acknowledgeFrom: at("24 09:50") };
const cause: HoursChangeCause = {
  date: "2026-11-24",
  reason: "برف",
  reverted: false,
  since: at("24 10:30"),
  clientId: "admins-application",
  person: "admin",
};

type Given = {
  complaint?: Partial<Complaint>;
  category?: Category;
  intervals?: Interval[];
  cause?: Partial<HoursChangeCause>;
};

function moved({ complaint, category = quick, intervals = [{ from: "08:00", to: "10:30" }], ...given }: Given = {}) {
  const told = { ...cause, ...given.cause };
  const due = { acknowledgeBy: at("24 10:50"), answerBy: at("24 12:50") };
  const calendar = aCalendar({ live: [{ date: told.date, intervals, reason: told.reason }] });
  return moveDeadlines(aComplaint({ ...filed, ...due, ...complaint }), {
    cause: told,
    category,
    calendar,
    now: at("24 10:31"),
  });
}

test("a complaint that had 20 minutes left has them when the office opens again, and is told why", () => {
  const { complaint, events } = moved() ?? {};
  expect(complaint).toMatchObject({
    acknowledgeBy: at("25 08:20"),
    answerBy: at("25 10:20"),
    status: "filed",
    version: 2,
  });
  expect(events).toMatchObject([
    {
      type: "deadlines-changed",
      version: 2,
      by: "admin",
      person: "admin",
      reason: "برف",
      date: "2026-11-24",
      previousDeadlines: { acknowledgeBy: at("24 10:50"), answerBy: at("24 12:50") },
      after: { acknowledgeBy: at("25 08:20"), answerBy: at("25 10:20") },
    },
  ]);
});

describe("not moved is", () => {
  test.each<[string, Given]>([
    ["a complaint whose hours are the same as before", { intervals: [{ from: "08:00", to: "13:00" }] }],
    ["an answered one", { complaint: { status: "answered" } }],
    ["a disputed one", { complaint: { status: "disputed" } }],
    ["a closed one", { complaint: { status: "closed" } }],
    [
      "one filed after that day",
      {
        complaint: {
          filedAt: at("25 09:50"),
          acknowledgeFrom: at("25 09:50"),
          acknowledgeBy: at("25 10:50"),
          answerBy: at("25 12:50"),
        },
      },
    ],
    ["one that is due before that day", { cause: { date: "2026-11-25" }, intervals: [] }],
    [
      "one whose deadlines ran out before the hours changed",
      { complaint: { acknowledgeBy: at("24 10:20"), answerBy: at("24 10:30") } },
    ],
    [
      "one counted by other hours, of which the day lies after it",
      {
        cause: { date: "2026-11-28" },
        intervals: [],
        complaint: { acknowledgeBy: at("24 12:00"), answerBy: at("25 12:00") },
      },
    ],
    [
      "one counted by other hours, of which the day lies before it",
      {
        cause: { date: "2026-11-23" },
        intervals: [],
        complaint: { acknowledgeBy: at("24 12:00"), answerBy: at("25 12:00") },
      },
    ],
    [
      "one whose clocks are of elapsed time, however they were counted",
      {
        category: { ...slow, acknowledge: elapsed("PT1H") },
        complaint: { acknowledgeBy: at("24 12:00"), answerBy: at("27 12:00") },
      },
    ],
    [
      "an acknowledged one whose breach is recorded",
      { complaint: { status: "acknowledged", nextLevelAt: at("25 08:00") } },
    ],
  ])("%s", (_, given) => {
    expect(moved(given)).toBeUndefined();
  });
});

test("a breach that is recorded stays while the answer's clock moves", () => {
  const { complaint } =
    moved({ complaint: { acknowledgeBy: at("24 10:20"), nextLevelAt: at("24 13:00"), level: 1 } }) ?? {};
  expect(complaint).toMatchObject({
    acknowledgeBy: at("24 10:20"),
    answerBy: at("25 10:20"),
    nextLevelAt: at("24 13:00"),
  });
});

test("a clock that was met stays while the other moves", () => {
  const { complaint } = moved({ complaint: { status: "acknowledged" } }) ?? {};
  expect(complaint).toMatchObject({ acknowledgeBy: at("24 10:50"), answerBy: at("25 10:20") });
});

test("a clock of elapsed time never moves, and bounds the one that does", () => {
  const complaint = { acknowledgeBy: at("24 12:50"), answerBy: at("26 09:50") };
  const closed = { intervals: [], cause: { date: "2026-11-24", since: at("24 07:00") } };
  expect(moved({ category: slow, complaint, ...closed })?.complaint).toMatchObject({
    acknowledgeBy: at("25 11:00"),
    answerBy: at("26 09:50"),
  });
  const bounded = moved({
    category: { ...slow, answer: elapsed("PT20H") },
    complaint: { ...complaint, answerBy: at("25 05:50") },
    ...closed,
  });
  expect(bounded?.complaint).toMatchObject({ acknowledgeBy: at("25 05:50"), answerBy: at("25 05:50") });
});

test("an acknowledgement that the answer bounded is free again if the answer comes later", () => {
  const category = { ...quick, acknowledge: elapsed("PT23H") };
  const complaint = { acknowledgeBy: at("24 12:50"), answerBy: at("24 12:50") };
  expect(moved({ category, complaint })?.complaint).toMatchObject({
    acknowledgeBy: at("25 08:50"),
    answerBy: at("25 10:20"),
  });
});

test("an answer that was extended keeps its extension", () => {
  const complaint = { status: "acknowledged" as const, extended: true as const, answerBy: at("25 10:50") };
  expect(moved({ complaint })?.complaint.answerBy).toBe(at("28 08:20"));
});

test("a transferred complaint counts its acknowledgement from the transfer, and its answer from the filing", () => {
  const complaint = { acknowledgeFrom: at("24 10:20"), acknowledgeBy: at("24 11:20") };
  expect(moved({ complaint })?.complaint).toMatchObject({ acknowledgeBy: at("25 08:50"), answerBy: at("25 10:20") });
});

test("hours that are taken back bring the deadlines back, and the event says so", () => {
  const complaint = { acknowledgeBy: at("25 08:20"), answerBy: at("25 10:20") };
  const intervals = [
    { from: "08:00", to: "10:30" },
    { from: "11:00", to: "13:00" },
  ];
  const { complaint: after, events } = moved({ complaint, intervals, cause: { reverted: true } }) ?? {};
  expect(after).toMatchObject({ acknowledgeBy: at("24 11:20"), answerBy: at("25 08:20") });
  expect(events).toMatchObject([{ type: "deadlines-changed", reverted: true }]);
});

test("what moved once is not moved again", () => {
  const complaint = moved()?.complaint;
  expect(moved({ complaint: complaint ?? {} })).toBeUndefined();
});
