import { describe, expect, test } from "vitest";
import type { Notice } from "#functions/notices/notice.ts";
import {
  answerConsentQuestion,
  confirmService,
  decideNotice,
  printLetter,
  recordService,
} from "#functions/notices/notice-moves.ts";
import { nextSettlingAt, settleNotice } from "#functions/notices/notice-settling.ts";
import { dayMs } from "#shared/time/duration.ts";
import { aNotice, involved, newNotice } from "../../support/a-notice.ts";

const days = (count: number) => new Date(Date.parse(newNotice.now) + count * dayMs).toISOString();
const noticeId = newNotice.id;
const agreed = answerConsentQuestion(aNotice().notice, { now: days(1), agrees: true }).notice;
const refused = answerConsentQuestion(aNotice().notice, { now: days(1), agrees: false }).notice;
const recorded = recordService(printLetter(agreed, { now: days(2), person: "inspector-4" }).notice, {
  now: days(3),
  person: "inspector-4",
  way: "receipt",
  employment: { personnelId: "48213" },
  scan: "a".repeat(32),
}).notice;
const number = recorded.service?.number ?? 0;
/** Served on the fourth day: the answer is due on day 14, the decision on day 34. */
const served = confirmService(recorded, { now: days(4), person: "inspector-5", number }).notice;
const decided = decideNotice(served, {
  now: days(15),
  person: "inspector-6",
  isColleague: false,
  outcome: "stands",
  reasons: "متن",
  involved,
}).notice;

/** What the clock has announced by each of these days, hour after hour as it runs. */
function announcedUntil(notice: Notice, day: number) {
  let current = notice;
  const announced: string[] = [];
  for (let hour = 0; hour <= day * 24; hour++) {
    const now = days(hour / 24);
    if (now < current.lastEventAt) continue;
    const { change, entries } = settleNotice(current, now);
    for (const { type, ...entry } of entries) announced.push("outcome" in entry ? `${type} ${entry.outcome}` : type);
    current = change.notice;
  }
  return { announced, current };
}

describe("the clock of a notice", () => {
  test.each<[string, Notice, number, string[]]>([
    ["of which the citizen said no: nothing", refused, 60, []],
    ["that nobody serves: so, and nothing before", agreed, 40, ["notice-ended not-served"]],
    ["that is served: so, and the centre of the decision's last days", served, 30, ["notice-served", "notice-due"]],
    ["that nobody decides: that too", served, 40, ["notice-served", "notice-due", "notice-ended dismissed"]],
    ["that stands: so once, and not that it expires", decided, 800, ["notice-served", "notice-ended standing"]],
  ])("announces of one %s", (_, notice, day, entries) => {
    expect(announcedUntil(notice, day).announced).toEqual(entries);
  });

  test("settles what is over, once; a refusal only when the citizen's time is over", () => {
    expect(settleNotice(refused, days(13)).isChanged).toBe(false);
    const over = settleNotice(refused, days(14));
    expect(over).toMatchObject({ isChanged: true, entries: [], change: { notice: { settled: true } } });
    expect(settleNotice(over.change.notice, days(15)).isChanged).toBe(false);
    expect(announcedUntil(decided, 100).current.settled).toBeUndefined();
    expect(announcedUntil(decided, 800).current.settled).toBe(true);
  });

  test("knows when it has something to do next", () => {
    expect(nextSettlingAt(refused, days(2))).toBe(days(14));
    expect(nextSettlingAt(served, days(5))).toBe(days(29));
    expect(nextSettlingAt(served, days(30))).toBe(days(34));
  });
  test("names the notice to whom it announces", () => {
    expect(settleNotice(served, days(5)).entries).toEqual([{ type: "notice-served", noticeId }]);
  });
});
