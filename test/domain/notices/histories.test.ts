import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { passTime } from "#functions/notices/notice-clock.ts";
import { evolveNotice, type NoticeChange } from "#functions/notices/notice-events.ts";
import { Fault } from "#shared/fault.ts";
import { aNotice, openingInspector } from "../../support/a-notice.ts";
import { edges, expectRules, history, inspectors, later, type Step, steps } from "../../support/notice-model.ts";

const histories = 2_000;

/** Plays steps, each some hours after the last, by these people. Time also passes by itself now and then, as in a view or a sweep. */
function play(plan: readonly Step[], people: readonly string[] = inspectors) {
  let { notice, events } = aNotice();
  let now = notice.openedAt;
  const first = notice;
  const take = (change: NoticeChange) => {
    notice = change.notice;
    events = [...events, ...change.events];
    expectRules(events, now, notice);
  };
  for (const { what, who, yes, afterHours } of plan) {
    now = later(now, afterHours / 24);
    if (yes) take(passTime(notice, now));
    try {
      take(steps[what](notice, { now, person: people[who % people.length] ?? "", yes }));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  return { first, notice, events, now };
}

test(`in ${histories} random histories no entry stands without consent, service, hearing and another's decision, and each ends`, () => {
  const ends = new Set<string>();
  const parameters = {
    numRuns: histories,
    ...(process.env.FOAD_TEST_SEED && { seed: Number(process.env.FOAD_TEST_SEED) }),
  };
  fc.assert(
    fc.property(history, (plan) => {
      const { first, notice, events, now } = play(plan);
      // Events alone rebuild the notice, number by number, and no state follows another that it may not.
      let rebuilt = first;
      for (const event of events.slice(1)) {
        expect(event.version).toBe(rebuilt.version + 1);
        expect(event.at >= rebuilt.lastEventAt).toBe(true);
        const next = evolveNotice(rebuilt, event);
        if (next.status !== rebuilt.status) expect(edges[rebuilt.status]).toContain(next.status);
        rebuilt = next;
      }
      expect(rebuilt).toEqual(notice);
      // Time in two steps is time in one.
      const [soon, end] = [later(now, 40), later(now, 2_000)];
      const { notice: over } = passTime(notice, end);
      expect(passTime(passTime(notice, soon).notice, end).notice).toEqual(over);
      expect(over.endedAt).toBeDefined();
      ends.add(over.end ?? "");
    }),
    parameters,
  );
  // The plans reach every way in which a notice ends.
  expect([...ends].sort()).toEqual(
    [
      "citizen-disagreed",
      "citizen-silent",
      "complaint-not-founded",
      "dismissed-by-inspector",
      "expired",
      "not-decided",
      "not-judged",
      "not-served",
      "overturned-by-reviewer",
      "question-unanswered",
    ].sort(),
  );
});

/** The fewest inspectors that a province may have; the second decided the complaint, so that this one may not decide the notice. */
const four = [openingInspector, "decided", "inspector-4", "inspector-5"];

describe.each(four.slice(0, 3))("four inspectors, while %s is on leave:", (away) => {
  const present = four.filter((one) => one !== away);

  test("an entry can come to stand, after the employee was heard", () => {
    // The first prints and records, the second confirms, the third decides.
    const course = { agree: 0, print: 0, serve: 0, confirm: 1, open: 0, answer: 0, decide: 2 };
    const plan = Object.entries(course).map(
      ([what, who]): Step => ({ what: what as Step["what"], who, yes: true, afterHours: 30 }),
    );
    const { notice, now } = play(plan, present);
    expect(notice).toMatchObject({ status: "decided", answeredAt: expect.any(String) });
    expect(passTime(notice, later(now, 31)).notice.status).toBe("standing");
  });

  test("no entry stands in random histories without consent, service, hearing and another's decision, and the employee always gets in", () => {
    const stood: boolean[] = [];
    fc.assert(
      fc.property(history, (plan) => {
        const { notice, now } = play(plan, present);
        stood.push(["decided", "standing"].includes(passTime(notice, now).notice.status));
      }),
      { numRuns: histories / 2 },
    );
    // Otherwise the rules would be checked on nothing.
    expect(stood).toContain(true);
  });
});
