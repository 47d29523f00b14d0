import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AgencyFigures,
  agencyFiguresOf,
  exactBreakdowns,
  type FeedEvent,
} from "#functions/figures/own-figures.ts";
import { closesAt } from "#functions/figures/publication.ts";
import { agenciesToNotify } from "#shared/complaints/event-rules.ts";
import { calendarOf } from "../../support/a-count.ts";
import * as s from "../../support/a-story.ts";

const month = "1405-09";
const on = (day: number, time = "06:00") => `2026-11-${day}T${time}:00.000Z`;
const story = s.aStory();
const answered = s.answered(story, on(25));
/** Held by the waterworks for two hours, then by the town hall. */
const away = s.transferred(story, on(24, "08:00"), "town-hall");

/** The events that an agency reads, those of one complaint after the other. */
function feedOf(agencyId: string, stories: readonly s.EventStory[]): FeedEvent[] {
  return stories.flatMap(({ complaint: { id }, events }) =>
    events
      .filter((event) => agenciesToNotify(event).includes(agencyId))
      .map((event) => ({ ...event, complaintId: id })),
  );
}

function figuresOf(
  stories: readonly s.EventStory[],
  { agencyId = "water", of = month, asOf = closesAt(of) } = {},
): AgencyFigures {
  return agencyFiguresOf(feedOf(agencyId, stories), { agencyId, month: of, asOf, calendarOf });
}
const ofOne = (one: s.EventStory, agencyId = "water") => figuresOf([one], { agencyId }).all;

describe("an agency's own figures", () => {
  test("are true counts of what it received in the month, in all and by category", () => {
    const confirmed = {
      all: 1,
      "transferred-out:not-transferred-out": 1,
      "outcome:confirmed": 1,
      "level:0": 1,
      "extended:not-extended": 1,
      "finding:founded": 1,
      "time-office-hours:PT24H": 1,
      "time-elapsed:PT24H": 1,
      "closure:accepted": 1,
    };
    const other = s.aStory({ id: "QZ-0000-0000-0", category: "disrespect" });
    expect(figuresOf([s.accepted(answered, on(26)), other])).toEqual({
      all: {
        ...confirmed,
        all: 2,
        "transferred-out:not-transferred-out": 2,
        "level:0": 2,
        "extended:not-extended": 2,
        "outcome:unanswered": 1,
        "time-office-hours:unanswered": 1,
        "time-elapsed:unanswered": 1,
      },
      categories: {
        "postponed-without-reason": confirmed,
        disrespect: {
          all: 1,
          "transferred-out:not-transferred-out": 1,
          "outcome:unanswered": 1,
          "level:0": 1,
          "extended:not-extended": 1,
          "time-office-hours:unanswered": 1,
          "time-elapsed:unanswered": 1,
        },
      },
    });
  });

  test("are of no complaint that it received in another month, nor of what happened once the month had closed", () => {
    const none = { all: {}, categories: {} };
    expect(figuresOf([answered], { of: "1405-08" })).toEqual(none);
    expect(figuresOf([answered], { of: "1405-10" })).toEqual(none);
    expect(figuresOf([answered], { asOf: on(25) }).all).toMatchObject({ "outcome:pending": 1 });
    expect(figuresOf([answered], { asOf: s.filedAt })).toEqual(none);
  });

  test("have no opinions, and no quick acceptances, which would show whether a citizen left a phone", () => {
    const [without, withPhone] = [undefined, true as const].map((phone) => {
      const begun = s.aStory(phone && { phone });
      return s.opinionGiven(s.accepted(s.answered(begun, on(25)), on(25, "06:01")), on(26));
    });
    expect(figuresOf([withPhone ?? story])).toEqual(figuresOf([without ?? story]));
    expect(exactBreakdowns.filter((name) => /solved|handling|pressured|called|acceptance/.test(name))).toEqual([]);
  });

  test("have no report of retaliation, which is in no agency's feed", () => {
    expect(figuresOf([s.aStory({ retaliation: true })])).toEqual({ all: {}, categories: {} });
  });

  test("are of an empty feed empty", () => {
    expect(figuresOf([])).toEqual({ all: {}, categories: {} });
  });
});

describe("a complaint that the agency transferred out", () => {
  const ofTransfers = { all: 1, "transferred-out:transferred-out": 1 };

  test("is counted as received and transferred out, and as nothing else", () => {
    expect(ofOne(away)).toEqual(ofTransfers);
  });

  const moves = ["answer", "accept", "withdraw", "dispute", "decide", "reject", "climb", "transfer"] as const;
  const acts: Record<(typeof moves)[number], (story: s.EventStory, at: string) => s.EventStory> = {
    answer: s.answered,
    accept: s.accepted,
    withdraw: s.withdrawn,
    dispute: s.disputed,
    decide: s.decided,
    reject: s.rejected,
    climb: s.escalated,
    transfer: (one, at) => s.transferred(one, at, "bank"),
  };

  test("tells the agency nothing of what came after, whatever that is", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 6 }), (all) => {
        let lived = away;
        for (const [n, move] of all.entries())
          try {
            lived = acts[move](lived, on(25 + (n % 4), `1${n}:00`));
          } catch {
            // Not from this status.
          }
        expect(ofOne(lived)).toEqual(ofTransfers);
      }),
    );
  });

  test("is kept where an inspector transferred it, and is no more the agency's to read", () => {
    const events = away.events.map((event) => ({ ...event, by: "inspector" as const }));
    expect(ofOne({ ...away, events })).toEqual({ all: 1, "transferred-out:not-transferred-out": 1 });
  });

  test("is counted whole where it came back", () => {
    const back = s.answered(s.transferred(away, on(24, "09:00"), "water"), on(25));
    expect(ofOne(back)).toMatchObject({ ...ofTransfers, "outcome:silent": 1, "finding:founded": 1 });
  });
});

describe("a complaint that was transferred to the agency", () => {
  test("is counted from when the agency received it: its month, and its time to answer", () => {
    // Filed on 24 November at 06:00, received at 08:00 and answered three hours later.
    const lived = s.answered(away, on(24, "11:00"));
    expect(ofOne(lived, "town-hall")).toMatchObject({ all: 1, "outcome:silent": 1, "time-elapsed:PT3H": 1 });
  });

  test("is of the month in which the agency received it, not of the month in which it was filed", () => {
    const filed = s.aStory({ at: "2026-11-20T06:00:00.000Z", answerBy: on(30) });
    const received = s.answered(s.transferred(filed, on(24), "town-hall"), on(25));
    expect(figuresOf([received], { agencyId: "town-hall" }).all).toMatchObject({ all: 1, "outcome:silent": 1 });
    expect(figuresOf([received], { agencyId: "town-hall", of: "1405-08" }).all).toEqual({});
    expect(figuresOf([received], { agencyId: "water", of: "1405-08" }).all).toMatchObject({ all: 1 });
  });
});

test("equal feeds give equal figures, whatever else happened to the complaints", () => {
  const ends = [
    s.answered(away, on(24, "11:00")),
    s.withdrawn(away, on(27)),
    s.rejected(s.answered(away, on(28)), on(29)),
  ];
  const feeds = ends.map((one) => feedOf("water", [one, answered]));
  expect(feeds.map((feed) => JSON.stringify(feed))).toEqual(Array(3).fill(JSON.stringify(feeds[0])));
  const figures = ends.map((one) => figuresOf([one, answered]));
  expect(figures).toEqual(Array(3).fill(figures[0]));
});
