import { describe, expect, test } from "vitest";
import { addToDay, type DayCount, type DayTally, parseSubject } from "#functions/proposals/day-counts.ts";
import { probabilityOfAtLeast } from "#functions/proposals/poisson.ts";
import {
  type CountedDay,
  type DoneIssue,
  firstDayCompared,
  listAfter,
  type Proposal,
  proposalsOf,
} from "#functions/proposals/proposals.ts";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { addDays } from "#shared/time/period.ts";
import { aComplaint } from "../../support/a-complaint.ts";
import { falseProposals, proposedAfterDays } from "../../support/simulated-proposals.ts";

const morning = "2026-11-24";
const subject = "systems-not-ready qazvin";
const ofAgency = (count: number, fields: Partial<DayCount> = {}) => ({
  agencyId: "post",
  subject,
  filedBy: "web-portal",
  count,
  ...fields,
});
/** So many days before the morning. */
const on = (before: number, ...counts: DayCount[]): CountedDay => ({ day: addDays(morning, -before), counts });
/** A province that is counted for long. */
const longAgo = on(196, ofAgency(1, { agencyId: "gas" }));
const proposed = (days: CountedDay[], more: { doneIssues?: DoneIssue[]; successors?: Record<string, string> } = {}) =>
  proposalsOf({
    morning,
    days: [longAgo, ...days],
    doneIssues: more.doneIssues ?? [],
    currentAgency: (id) => more.successors?.[id] ?? id,
  });

describe("a complaint counts", () => {
  const rowsOf = (...complaints: Parameters<typeof addToDay>[1][]) => {
    const tally: DayTally = new Map();
    for (const complaint of complaints) addToDay(tally, complaint, { personalCauses: ["conduct"] });
    return [...tally.values()];
  };

  test("by category and county, and by cause once it is answered, for each front end", () => {
    const filed = aComplaint({ agencyId: "post" });
    expect(rowsOf(filed, filed, { ...filed, filedBy: "web-portal", cause: "capacity" })).toEqual([
      ofAgency(2, { subject: "postponed-without-reason qazvin", filedBy: "call-centre-128" }),
      ofAgency(1, { subject: "postponed-without-reason qazvin" }),
      ofAgency(1, { subject: "capacity" }),
    ]);
    expect([subject, "capacity"].map(parseSubject)).toEqual([
      { category: "systems-not-ready", countyId: "qazvin" },
      { cause: "capacity" },
    ]);
  });

  test("never where it was withdrawn, rejected or reports retaliation, and by no personal cause", () => {
    expect(
      rowsOf(
        aComplaint({ closure: "withdrawn" }),
        aComplaint({ closure: "out-of-scope" }),
        aComplaint({ closure: "not-a-complaint" }),
        aComplaint({ retaliationFor: "QZ-2222-2222-2" }),
      ),
    ).toEqual([]);
    expect(rowsOf(aComplaint({ cause: "conduct", closure: "accepted" }))).toHaveLength(1);
  });
});

test.each([
  [5, 0.4, 6.12433e-5],
  [14, 5, 6.98e-4],
  [1, 0.4, 0.32968],
  [3, 5, 0.875348],
])("%i or more, where %f are expected, have the probability %f", (count, expected, probability) => {
  expect(probabilityOfAtLeast(count, expected) / probability).toBeCloseTo(1, 3);
});

test("the probability stays one where thousands are expected", () => {
  expect(probabilityOfAtLeast(10, 5_000)).toBeCloseTo(1);
  expect(probabilityOfAtLeast(5_000, 5_000)).toBeCloseTo(0.5, 1);
});

describe("proposed is", () => {
  test("what is more than chance makes of the weeks before", () => {
    const past = Array.from({ length: 26 }, (_, week) => on(15 + week * 7, ofAgency(1)));
    // Two are expected in two weeks: ten are proposed, nine are not.
    expect(proposed([...past, on(3, ofAgency(9))])).toEqual([]);
    expect(proposed([...past, on(3, ofAgency(10))])).toEqual([
      {
        agencyId: "post",
        category: "systems-not-ready",
        countyId: "qazvin",
        from: "2026-11-10",
        to: "2026-11-23",
        count: 10,
        expected: expect.closeTo(2, 0),
        oneSource: "web-portal",
        since: morning,
      },
    ]);
  });

  test("nothing below five, and five where nothing ever was", () => {
    expect(proposed([on(1, ofAgency(4))])).toEqual([]);
    expect(proposed([on(1, ofAgency(5))])).toMatchObject([{ count: 5, expected: 0.4 }]);
    expect(proposed([on(14, ofAgency(5))])).toHaveLength(1);
    // The morning's own day and the fifteenth day before are not in the two weeks.
    expect(proposed([on(0, ofAgency(5))])).toEqual([]);
    expect(proposed([on(15, ofAgency(5))])).toEqual([]);
  });

  test("a cause by itself, of all counties", () => {
    expect(proposed([on(2, ofAgency(6, { subject: "capacity" }))])).toMatchObject([{ cause: "capacity", count: 6 }]);
  });

  test("nothing in a province of fewer than eight weeks before the last two", () => {
    const days = (first: number) => [on(first, ofAgency(1, { agencyId: "gas" })), on(1, ofAgency(9))];
    const found = (first: number) =>
      proposalsOf({ morning, days: days(first), doneIssues: [], currentAgency: (id) => id });
    expect(found(14 + 55)).toEqual([]);
    expect(found(14 + 56)).toHaveLength(1);
  });

  test("nothing of an agency that joined lately and goes on as it began", () => {
    const since = (weeks: number) => Array.from({ length: weeks * 7 }, (_, n) => on(1 + n, ofAgency(1)));
    expect(proposed(since(2))).toHaveLength(1);
    expect(proposed(since(4))).toEqual([]);
  });

  test("the successor of a retired agency, with what both had", () => {
    const past = Array.from({ length: 26 }, (_, week) => on(15 + week * 7, ofAgency(3, { agencyId: "old" })));
    const days = [...past, on(1, ofAgency(11))];
    expect(proposed(days)).toHaveLength(1);
    expect(proposed(days, { successors: { old: "post" } })).toEqual([]);
  });

  test("from one source only if more than 80 % came through one front end", () => {
    const fromPortal = (count: number) => [
      on(1, ofAgency(count), ofAgency(10 - count, { filedBy: "call-centre-128" })),
    ];
    expect(proposed(fromPortal(8))).toMatchObject([{ oneSource: undefined }]);
    expect(proposed(fromPortal(9))).toMatchObject([{ oneSource: "web-portal" }]);
  });
});

describe("a mended issue", () => {
  const issue = {
    issueId: "I-7K3M-9XPT-Q",
    agencyId: "post",
    category: "systems-not-ready",
    cause: "capacity",
    countyIds: ["qazvin", "takestan"],
  };
  /** Many complaints until ten weeks ago, and then as many again in the last days. */
  const days = [...Array.from({ length: 126 }, (_, n) => on(70 + n, ofAgency(1))), on(2, ofAgency(9))];

  test("may have come back: what was before it was done hides nothing", () => {
    expect(proposed(days)).toEqual([]);
    const doneOn = addDays(morning, -70);
    expect(proposed(days, { doneIssues: [{ ...issue, doneOn }] })).toMatchObject([
      { count: 9, issueId: issue.issueId, expected: 0.4 },
    ]);
    // Too few days have passed since to compare with.
    expect(proposed(days, { doneIssues: [{ ...issue, doneOn: addDays(morning, -20) }] })).toEqual([]);
  });

  test("is another one where agency, category, county or cause differ", () => {
    const doneOn = addDays(morning, -70);
    for (const other of [{ agencyId: "gas" }, { category: "disrespect" }, { countyIds: ["avaj"] }])
      expect(proposed([on(2, ofAgency(9))], { doneIssues: [{ ...issue, ...other, doneOn }] })).toMatchObject([
        { issueId: undefined },
      ]);
    const causes = [on(2, ofAgency(9, { subject: "capacity" }), ofAgency(9, { subject: "rule-unclear" }))];
    expect(proposed(causes, { doneIssues: [{ ...issue, doneOn }] })).toMatchObject([
      { cause: "capacity", issueId: issue.issueId },
      { cause: "rule-unclear", issueId: undefined },
    ]);
  });
});

describe("the list", () => {
  const found = (fields: Partial<Proposal> = {}): Proposal => ({
    agencyId: "post",
    cause: "capacity",
    from: "2026-11-10",
    to: "2026-11-23",
    count: 9,
    expected: 1,
    since: morning,
    ...fields,
  });

  test("keeps the first morning of a proposal, and its newest numbers", () => {
    const listed = listAfter([found({ since: "2026-11-20", count: 7 })], { found: [found()], morning });
    expect(listed).toEqual([found({ since: "2026-11-20" })]);
  });

  test("keeps a proposal for seven days after it was last found", () => {
    const last = (days: number) => found({ to: addDays(morning, -1 - days), since: "2026-10-01" });
    expect(listAfter([last(7)], { found: [], morning })).toHaveLength(1);
    expect(listAfter([last(8)], { found: [], morning })).toEqual([]);
  });

  test("begins with the newest, and of one morning with the most unusual", () => {
    const old = found({ agencyId: "gas", since: "2026-11-20" });
    const more = found({ agencyId: "water", count: 20 });
    const names = listAfter([old], { found: [found(), more], morning }).map(({ agencyId }) => agencyId);
    expect(names).toEqual(["water", "post", "gas"]);
  });
});

describe("in simulated years", () => {
  test("chance makes few proposals, and a threefold rise is found", () => {
    const share = mulberry32(7);
    const years = Array.from({ length: 2 }, () => falseProposals({ perMonth: 160, share }));
    expect(years.reduce((sum, year) => sum + year, 0)).toBeLessThanOrEqual(10);
    for (const by of ["place", "cause"] as const) {
      const runs = Array.from({ length: 60 }, () => proposedAfterDays({ perWeek: 5, factor: 3, by, share }));
      expect(runs.filter((days) => days !== undefined).length).toBeGreaterThan(42);
    }
  });
});

test("the first day that is compared is 28 weeks before the morning", () => {
  expect(firstDayCompared(morning)).toBe("2026-05-12");
});
