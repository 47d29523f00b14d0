import { expect, test } from "vitest";
import type { Notice } from "#functions/notices/notice.ts";
import type { NoticeChange } from "#functions/notices/notice-events.ts";
import {
  answerConsentQuestion,
  answerNotice,
  answerQuestion,
  askQuestion,
  confirmService,
  contestDecision,
  decideNotice,
  judgeContest,
  printLetter,
  recordService,
} from "#functions/notices/notice-moves.ts";
import { noticeRow } from "#functions/notices/notice-views.ts";
import { aNotice, involved, newNotice } from "../../support/a-notice.ts";

const dayMs = 86_400_000;
const day = (count: number) => new Date(Date.parse(newNotice.now) + count * dayMs).toISOString();
const service = { way: "receipt", employment: { personnelId: "40218" }, scan: "a".repeat(32) } as const;
const said = { text: "متن", reasons: "دلیل تصمیم" };

test("each notice says who must act next, as time and people move it", () => {
  let notice: Notice = aNotice().notice;
  const turns: (string | undefined)[] = [];
  const step = (at: number, act: (found: Notice) => NoticeChange) => {
    notice = act(notice).notice;
    turns.push(noticeRow(notice, day(at)).waitsFor);
  };
  expect(noticeRow(notice, newNotice.now).waitsFor).toBe("citizen");
  step(1, (found) => answerConsentQuestion(found, { now: day(1), agrees: true }));
  step(2, (found) => printLetter(found, { now: day(2), person: "inspector-4" }));
  step(3, (found) => recordService(found, { now: day(3), person: "inspector-4", ...service }));
  const number = notice.service?.number ?? 0;
  step(4, (found) => confirmService(found, { now: day(4), person: "inspector-5", number }));
  step(5, (found) => askQuestion(found, { now: day(5), ...said }));
  step(6, (found) => answerQuestion(found, { now: day(6), person: "inspector-4", number: 1, ...said }));
  // The ten days are over, and the one that the question took.
  expect(noticeRow(notice, day(16)).waitsFor).toBe("inspector");
  step(7, (found) => answerNotice(found, { now: day(7), ...said }));
  step(8, (found) =>
    decideNotice(found, {
      now: day(8),
      person: "inspector-6",
      isColleague: false,
      outcome: "stands",
      involved,
      ...said,
    }),
  );
  step(9, (found) => contestDecision(found, { now: day(9), ...said }));
  step(10, (found) =>
    judgeContest(found, { now: day(10), person: "reviewer", isColleague: false, outcome: "upheld", ...said }),
  );
  const [served, asked, replied] = ["employee", "inspector", "employee"];
  expect(turns).toEqual([
    "inspector",
    "inspector",
    "inspector",
    served,
    asked,
    replied,
    "inspector",
    "employee",
    "reviewer",
    undefined,
  ]);
});

test("until the citizen's time is over, a notice that was refused waits for the citizen", () => {
  const { notice } = answerConsentQuestion(aNotice().notice, { now: day(1), agrees: false });
  expect(noticeRow(notice, day(2)).waitsFor).toBe("citizen");
  expect(noticeRow(notice, day(15)).waitsFor).toBeUndefined();
});
