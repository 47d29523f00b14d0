import * as fc from "fast-check";
import { expect, test } from "vitest";
import { passTime } from "#functions/notices/notice-clock.ts";
import { evolveNotice, type NoticeChange } from "#functions/notices/notice-events.ts";
import { Fault } from "#shared/fault.ts";
import { aNotice } from "../../support/a-notice.ts";
import { edges, expectRules, history, inspectors, later, type Step, steps } from "../../support/notice-model.ts";

const histories = 2_000;

/** Plays steps, each some hours after the last. Time also passes by itself now and then, as in a view or a sweep. */
function play(plan: readonly Step[]) {
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
      take(steps[what](notice, { now, person: inspectors[who] ?? "", yes }));
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
