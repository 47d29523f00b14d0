import { describe, expect, test } from "vitest";
import type { Notice } from "#functions/notices/notice.ts";
import { judgeBy, passTime, standsUntil } from "#functions/notices/notice-clock.ts";
import type { NoticeChange } from "#functions/notices/notice-events.ts";
import {
  answerConsentQuestion,
  answerNotice,
  answerQuestion,
  askQuestion,
  confirmService,
  contestDecision,
  decideNotice,
  extendAnswer,
  handOverLetter,
  judgeContest,
  openLetter,
  printLetter,
  recordLeave,
  recordPaperAnswer,
  recordService,
} from "#functions/notices/notice-moves.ts";
import { type NoticeGround, openNotice } from "#functions/notices/notice-opening.ts";
import { settleNotice } from "#functions/notices/notice-settling.ts";
import { citizenNotice, noticeRow, noticeView } from "#functions/notices/notice-views.ts";
import { recordEntry } from "#functions/notices/record-entry.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { Fault } from "#shared/fault.ts";
import { aNotice, involved, newNotice, noticeGround, openingInspector } from "../../support/a-notice.ts";

const dayMs = 86_400_000;
const days = (count: number, from: string = newNotice.now) => new Date(Date.parse(from) + count * dayMs).toISOString();
const text = "متن";
const scan = "a".repeat(32);
const employment = { personnelId: "48213" };

/** The code, and the reason of a code that has several. */
function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return [error.code, error.reason ?? error.errors[0]?.rule].filter(Boolean).join(" ");
    throw error;
  }
  return "allowed";
}

type Step = (notice: Notice) => NoticeChange;
/** A notice after these steps of its usual course. */
const noticeAfter = (...steps: Step[]) => steps.reduce((notice, step) => step(notice).notice, aNotice().notice);
const agreed: Step = (notice) => answerConsentQuestion(notice, { now: days(1), agrees: true });
const printed: Step = (notice) => printLetter(notice, { now: days(2), person: "inspector-4" });
const recorded =
  (way: "receipt" | "declined"): Step =>
  (notice) =>
    recordService(notice, { now: days(3), person: "inspector-4", way, employment, scan });
const numberOf = ({ service }: Notice) => service?.number ?? 0;
const confirmedBy =
  (person: string, day = 4): Step =>
  (notice) =>
    confirmService(notice, { now: days(day), person, number: numberOf(notice) });
const confirmed = confirmedBy("inspector-5");
const served = (way: "receipt" | "declined" = "receipt") => [agreed, printed, recorded(way), confirmed];
const opened: Step = (notice) => openLetter(notice, { now: days(5) });
const decided: Step = (notice) =>
  decideNotice(notice, {
    now: days(15),
    person: "inspector-6",
    isColleague: false,
    outcome: "stands",
    reasons: text,
    involved,
  });
const laterDecision = (finding: string) => ({ ...noticeGround.events[3], version: 5, finding }) as ComplaintEvent;
const contested: Step = (notice) => contestDecision(notice, { now: days(20), text });

const identityRead = {
  type: "identity-read",
  inspector: "reader",
  entryNumber: 1,
  at: newNotice.now,
  by: "inspector",
} as ConfidentialEntry;

describe("a notice is not opened", () => {
  const decision = (finding: string) => [...noticeGround.events, laterDecision(finding)];
  const rejection = { ...noticeGround.events[3], version: 5, type: "rejected" } as ComplaintEvent;
  const unconfirmed = noticeGround.events.map((event) =>
    event.type === "visit-reported" ? { ...event, visitResult: "not-confirmed" as const } : event,
  );
  const complaint = (fields: object) => ({ complaint: { ...noticeGround.complaint, ...fields } });
  test.each<[string, Partial<NoticeGround>, object, string]>([
    ["on an open complaint", complaint({ status: "disputed", closedAt: undefined }), {}, "wrong-state not-closed"],
    ["later than 60 days", {}, { now: days(60) }, "wrong-state closed-too-long-for-notice"],
    [
      "on a report of retaliation",
      complaint({ retaliationFor: "QZ-2222-2222-2" }),
      {},
      "wrong-state retaliation-report",
    ],
    ["on a cause of no person", { isCausePersonal: false }, {}, "wrong-state cause-not-personal"],
    ["after a decision that is not founded", { events: decision("unfounded") }, {}, "wrong-state not-founded"],
    ["after a rejection", { events: [...noticeGround.events, rejection] }, {}, "wrong-state not-founded"],
    ["on a visit that confirmed nothing", { events: unconfirmed }, { evidence: [3] }, "invalid no-evidence"],
    ["where the employee's agency has the citizen's secret", { operatesFrontEnd: true }, {}, "not-allowed"],
    ["on the agency's answer", {}, { evidence: [2] }, "invalid no-evidence"],
    ["to the same person twice", { others: [newNotice.employee] }, {}, "notice-exists"],
    [
      "eleven times",
      { others: Array.from({ length: 10 }, (_, n) => ({ agencyId: "water", name: `${n}` })) },
      {},
      "notice-exists notice-limit",
    ],
    ["with one reviewer", { reviewers: ["reviewer"] }, {}, "inspectors-missing reviewers-missing"],
    [
      "with two reviewers who have a part",
      { reviewers: ["decided", "visited"] },
      {},
      "inspectors-missing reviewers-missing",
    ],
    [
      "with two reviewers who worked for the employee's agency",
      { colleagues: ["reviewer", "reviewer-2"] },
      {},
      "inspectors-missing reviewers-missing",
    ],
    [
      "with three inspectors",
      { inspectors: [openingInspector, "inspector-4", "inspector-5"] },
      {},
      "inspectors-missing",
    ],
    [
      "where nobody could decide it",
      { inspectors: [openingInspector, "decided", "visited", "reader"], confidentialLog: [identityRead] },
      {},
      "inspectors-missing",
    ],
  ])("%s", (_, ground, changes, refusal) => {
    expect(refusalOf(() => openNotice({ ...noticeGround, ...ground }, { ...newNotice, ...changes }))).toBe(refusal);
  });

  test("and else it is", () => expect(refusalOf(() => aNotice())).toBe("allowed"));
});

test.each<[string, string, () => unknown]>([
  [
    "a yes after fourteen days",
    "notice-state",
    () => answerConsentQuestion(noticeAfter(), { now: days(14), agrees: true }),
  ],
  [
    "a yes after a no",
    "notice-state",
    () => agreed(answerConsentQuestion(noticeAfter(), { now: days(1), agrees: false }).notice),
  ],
  ["a letter before the yes", "notice-state", () => printed(noticeAfter())],
  [
    "a letter that the same inspector prints twice",
    "conflict-of-interest printed-letter",
    () => printed(noticeAfter(agreed, printed)),
  ],
  ["a service without a letter", "notice-state letter-missing", () => recorded("receipt")(noticeAfter(agreed))],
  ["a confirmation of nothing", "notice-state service-missing", () => confirmed(noticeAfter(agreed, printed))],
  [
    "a confirmation by the same inspector",
    "conflict-of-interest recorded-service",
    () =>
      confirmedBy("inspector-4")(
        noticeAfter(agreed, (one) => printLetter(one, { now: days(2), person: "inspector-6" }), recorded("receipt")),
      ),
  ],
  ...["printed the letter", "opened the notice"].map((did): [string, string, () => unknown] => [
    `a confirmation by who ${did}`,
    did === "printed the letter" ? "conflict-of-interest printed-letter" : "conflict-of-interest opened-notice",
    () =>
      confirmedBy(did === "printed the letter" ? "inspector-6" : openingInspector)(
        noticeAfter(agreed, (one) => printLetter(one, { now: days(2), person: "inspector-6" }), recorded("receipt")),
      ),
  ]),
  ...["inspector-4", "inspector-5", "visited", "reader"].map((person): [string, string, () => unknown] => [
    `a decision by ${person}, who printed and recorded, confirmed, visited, or read the identity`,
    person === "inspector-4" ? "conflict-of-interest printed-letter" : "conflict-of-interest took-part",
    () =>
      decideNotice(noticeAfter(...served()), {
        now: days(15),
        person,
        isColleague: false,
        outcome: "stands",
        reasons: text,
        involved: { ...involved, confidentialLog: [identityRead] },
      }),
  ]),
  ...["inspector-4", "inspector-5", "inspector-6", "visited", "decided"].map(
    (person): [string, string, () => unknown] => [
      `a judgement by ${person}, who had any part before, whatever the role is now`,
      expect.stringMatching(/^conflict-of-interest /),
      () =>
        judgeContest(noticeAfter(...served(), decided, contested), {
          now: days(21),
          person,
          isColleague: false,
          outcome: "upheld",
          reasons: text,
        }),
    ],
  ),
  [
    "no decision by who wrote reasons with a word of the citizen's before",
    "allowed",
    () =>
      decideNotice(noticeAfter(...served()), {
        now: days(15),
        person: "reader",
        isColleague: false,
        outcome: "stands",
        reasons: text,
        involved: { ...involved, confidentialLog: [{ ...identityRead, comparedText: true } as ConfidentialEntry] },
      }),
  ],
  [
    "a decision by who worked for the employee's agency",
    "conflict-of-interest had-role-at-agency",
    () =>
      decideNotice(noticeAfter(...served()), {
        now: days(15),
        person: "free",
        isColleague: true,
        outcome: "stands",
        reasons: text,
        involved,
      }),
  ],
  [
    "a judgement by who worked for the employee's agency",
    "conflict-of-interest had-role-at-agency",
    () =>
      judgeContest(noticeAfter(...served(), decided, contested), {
        now: days(21),
        person: "free",
        isColleague: true,
        outcome: "upheld",
        reasons: text,
      }),
  ],
  [
    "a judgement by who only answered a question",
    "conflict-of-interest took-part",
    () => {
      const asked: Step = (one) => askQuestion(one, { now: days(5), text });
      const replied: Step = (one) => answerQuestion(one, { now: days(6), person: "helper", number: 1, text });
      return judgeContest(noticeAfter(...served(), asked, replied, decided, contested), {
        now: days(21),
        person: "helper",
        isColleague: false,
        outcome: "upheld",
        reasons: text,
      });
    },
  ],
  [
    "a confirmation of what was recorded anew since",
    "notice-state service-changed",
    () =>
      confirmService(noticeAfter(agreed, printed, recorded("receipt"), recorded("declined")), {
        now: days(4),
        person: "inspector-5",
        number: 4,
      }),
  ],
  [
    "a refusal to sign where somebody opened the letter",
    "notice-state letter-opened",
    () => confirmed(noticeAfter(agreed, printed, (one) => openLetter(one, { now: days(2) }), recorded("declined"))),
  ],
  [
    "a decision by who typed in the paper answer",
    "conflict-of-interest took-part",
    () =>
      decideNotice(
        noticeAfter(...served(), (one) => recordPaperAnswer(one, { now: days(6), person: "inspector-6", text })),
        { now: days(15), person: "inspector-6", isColleague: false, outcome: "stands", reasons: text, involved },
      ),
  ],
  [
    "a decision right after a paper answer",
    "notice-state answer-awaited",
    () =>
      decideNotice(
        noticeAfter(...served(), (one) => recordPaperAnswer(one, { now: days(6), person: "inspector-4", text })),
        { now: days(7), person: "inspector-6", isColleague: false, outcome: "stands", reasons: text, involved },
      ),
  ],
  [
    "a new letter of an inspector after the service",
    "notice-state",
    () => printLetter(noticeAfter(...served()), { now: days(6), person: "inspector-5" }),
  ],
  [
    "a new letter after the employee's answer",
    "notice-state",
    () =>
      printLetter(
        noticeAfter(...served(), (one) => answerNotice(one, { now: days(6), text })),
        {
          now: days(7),
          person: "inspector-5",
        },
      ),
  ],
  [
    "a judgement by who decided",
    "conflict-of-interest took-part",
    () =>
      judgeContest(noticeAfter(...served(), decided, contested), {
        now: days(30),
        person: "inspector-6",
        isColleague: false,
        outcome: "upheld",
        reasons: text,
      }),
  ],
  [
    "a service after thirty days",
    "notice-state",
    () => confirmedBy("inspector-5", 31)(noticeAfter(...served().slice(0, 3))),
  ],
  [
    "leave of 91 days",
    "invalid too-far-ahead",
    () => recordLeave(noticeAfter(agreed), { now: days(2), person: "inspector-4", until: days(93) }),
  ],
  [
    "leave that is over",
    "invalid in-the-past",
    () => recordLeave(noticeAfter(agreed), { now: days(2), person: "inspector-4", until: days(2) }),
  ],
  ["a letter that is opened twice", "notice-state", () => opened(noticeAfter(...served(), opened))],
  [
    "an answer on the tenth day",
    "notice-state notice-answer-overdue",
    () => answerNotice(noticeAfter(...served()), { now: days(14), text }),
  ],
  [
    "a second answer",
    "notice-state notice-answered",
    () =>
      answerNotice(
        noticeAfter(...served(), (one) => answerNotice(one, { now: days(6), text })),
        { now: days(7), text },
      ),
  ],
  [
    "a second extension",
    "already-extended",
    () =>
      extendAnswer(
        noticeAfter(...served(), (one) => extendAnswer(one, { now: days(6) })),
        { now: days(7) },
      ),
  ],
  [
    "a second question beside an open one",
    "notice-state question-open",
    () =>
      askQuestion(
        noticeAfter(...served(), (one) => askQuestion(one, { now: days(6), text })),
        { now: days(7), text },
      ),
  ],
  [
    "an answer to a question that nobody asked",
    "not-found",
    () => answerQuestion(noticeAfter(...served()), { now: days(6), person: "decided", number: 1, text }),
  ],
  [
    "a paper answer that the opening inspector types in",
    "conflict-of-interest opened-notice",
    () => recordPaperAnswer(noticeAfter(...served()), { now: days(6), person: openingInspector, text }),
  ],
  [
    "a decision while the employee has time",
    "notice-state answer-awaited",
    () =>
      decideNotice(noticeAfter(...served()), {
        now: days(6),
        person: "inspector-6",
        isColleague: false,
        outcome: "stands",
        reasons: text,
        involved,
      }),
  ],
  [
    "that it stands, where the complaint was since decided as unfounded",
    "notice-state not-founded",
    () =>
      decideNotice(noticeAfter(...served()), {
        now: days(20),
        person: "inspector-6",
        isColleague: false,
        outcome: "stands",
        reasons: text,
        involved: { ...involved, events: [...involved.events, laterDecision("unfounded")] },
      }),
  ],
  [
    "a decision by who decided the complaint",
    "conflict-of-interest took-part",
    () =>
      decideNotice(noticeAfter(...served()), {
        now: days(15),
        person: "decided",
        isColleague: false,
        outcome: "stands",
        reasons: text,
        involved,
      }),
  ],
  [
    "a decision after twenty days",
    "notice-state",
    () =>
      decideNotice(noticeAfter(...served()), {
        now: days(35),
        person: "inspector-6",
        isColleague: false,
        outcome: "stands",
        reasons: text,
        involved,
      }),
  ],
  [
    "a contest after thirty days",
    "notice-state",
    () => contestDecision(noticeAfter(...served(), decided), { now: days(45), text }),
  ],
  [
    "a judgement after sixty days",
    "notice-state",
    () =>
      judgeContest(noticeAfter(...served(), decided, contested), {
        now: days(80),
        person: "reviewer",
        isColleague: false,
        outcome: "upheld",
        reasons: text,
      }),
  ],
])("%s is refused", (_, refusal, act) => expect(refusalOf(act)).toEqual(refusal));

describe("time", () => {
  test.each<[string, () => Notice, number, string, string | undefined]>([
    ["the citizen's silence ends it", () => noticeAfter(), 14, "declined", "citizen-silent"],
    ["a letter that is not served lapses", () => noticeAfter(agreed), 31, "lapsed", "not-served"],
    ["nobody decides", () => noticeAfter(...served()), 34, "dismissed", "not-decided"],
    [
      "nobody answers a question",
      () => noticeAfter(...served(), (one) => askQuestion(one, { now: days(6), text })),
      16,
      "dismissed",
      "question-unanswered",
    ],
    ["nobody contests", () => noticeAfter(...served(), decided), 45, "standing", undefined],
    ["nobody judges", () => noticeAfter(...served(), decided, contested), 80, "overturned", "not-judged"],
    ["two years pass", () => noticeAfter(...served(), decided), 45 + 730, "expired", "expired"],
  ])("%s: then and not a moment earlier", (_, notice, day, status, end) => {
    const [just, before] = [days(day), new Date(Date.parse(days(day)) - 1).toISOString()];
    expect(passTime(notice(), just).notice).toMatchObject({ status, ...(end && { end }) });
    expect(passTime(notice(), before).notice.status).not.toBe(status);
  });

  test("of the employee stops while a question waits, and runs on", () => {
    const asked = noticeAfter(...served(), (one) => askQuestion(one, { now: days(6), text }));
    const explained = answerQuestion(asked, { now: days(12), person: "decided", number: 1, text }).notice;
    expect(explained.answerBy).toBe(days(20));
    expect(refusalOf(() => answerNotice(explained, { now: days(19), text }))).toBe("allowed");
  });

  test("for service is longer by an employee's leave", () => {
    const onLeave = recordLeave(noticeAfter(agreed), { now: days(2), person: "inspector-4", until: days(42) }).notice;
    expect(onLeave).toMatchObject({ serveBy: days(71), leaveDays: 40 });
    expect(refusalOf(() => recordLeave(onLeave, { now: days(50), person: "inspector-4", until: days(101) }))).toBe(
      "invalid too-far-ahead",
    );
  });
});

describe("who signed nothing and opens the letter late", () => {
  test("has ten new days, once, and no entry stands meanwhile", () => {
    const standing = passTime(noticeAfter(...served("declined"), decided), days(60)).notice;
    expect(standing.status).toBe("standing");
    const heard = openLetter(standing, { now: days(60) }).notice;
    expect(heard).toMatchObject({ status: "served", answerBy: days(70), heardAnew: true });
    expect(heard.standsSince).toBeUndefined();
    expect(refusalOf(() => answerNotice(heard, { now: days(65), text }))).toBe("allowed");
  });

  test("and who signed has none", () => {
    const standing = passTime(noticeAfter(...served("receipt"), decided), days(60)).notice;
    expect(openLetter(standing, { now: days(60) }).notice.status).toBe("standing");
  });
});

test("a letter that another inspector replaces before the service begins the service anew", () => {
  const before = noticeAfter(agreed, printed, recorded("receipt"), opened);
  const replaced = printLetter(before, { now: days(6), person: "inspector-5" }).notice;
  expect(replaced).toMatchObject({ status: "open", serveBy: days(36), secretGeneration: 2, letterCount: 2 });
  expect(replaced.service).toBeUndefined();
});

describe("an employee who says that the opening or the answer was somebody else's", () => {
  const handed = (notice: Notice, day: number, person = "reviewer-1") =>
    handOverLetter(notice, { now: days(day), person, isColleague: false }).notice;
  const judged =
    (day: number, person: string, outcome: "upheld" | "overturned" = "upheld"): Step =>
    (notice) =>
      judgeContest(notice, { now: days(day), person, isColleague: false, outcome, reasons: text });
  const answeredByOther: Step = (notice) => answerNotice(notice, { now: days(6), text });

  test("answers anew before a decision, in ten days that begin with the hand-over, which is the service", () => {
    const before = noticeAfter(...served("declined"), opened, answeredByOther);
    const heard = handed(before, 12);
    expect(heard).toMatchObject({
      status: "served",
      answerBy: days(22),
      service: { way: "receipt", confirmedAt: days(12) },
    });
    expect([heard.answeredAt, heard.letter?.openedAt]).toEqual([undefined, undefined]);
    expect(heard.secretGeneration).toBe((before.secretGeneration ?? 0) + 1);
    const mine = openLetter(heard, { now: days(13) }).notice;
    expect(answerNotice(mine, { now: days(21), text }).notice.answeredAt).toBe(days(21));
    // Who handed over neither decides nor judges.
    const deciding = { now: days(30), isColleague: false, outcome: "stands", reasons: text, involved } as const;
    expect(refusalOf(() => decideNotice(heard, { ...deciding, person: "reviewer-1" }))).toBe(
      "conflict-of-interest took-part",
    );
  });

  test("is heard on an entry that stands: it rests and is read by nobody, and goes on for as long as it rested", () => {
    const standing = settleNotice(noticeAfter(...served(), decided), days(60)).change.notice;
    const heard = handed(standing, 100);
    const record = (notice: Notice) => ({ notice, events: aNotice().events });
    expect(heard).toMatchObject({ status: "reheard", answerBy: days(110), standsSince: standing.standsSince });
    expect(recordEntry(record(heard), { now: days(105), name: "" })).toBeUndefined();
    expect(citizenNotice(record(heard), days(105))?.status).toBe("standing");
    const longer = extendAnswer(heard, { now: days(109) }).notice;
    const silent = passTime(longer, days(116)).notice;
    expect(silent).toMatchObject({ status: "standing", standsSince: standing.standsSince, restedMs: 15 * dayMs });
    expect(standsUntil(silent)).toBe(days(15, standsUntil(standing)));

    const contest = contestDecision(heard, { now: days(105), text }).notice;
    expect(recordEntry(record(contest), { now: days(106), name: "" })).toBeUndefined();
    expect(refusalOf(() => judged(110, "reviewer-1")(contest))).toBe("conflict-of-interest took-part");
    const again = judged(120, "reviewer-2")(contest).notice;
    expect(again).toMatchObject({ status: "standing", standsSince: standing.standsSince });
    expect(standsUntil(again)).toBe(days(20, standsUntil(standing)));
    expect(judged(120, "reviewer-2", "overturned")(contest).notice.status).toBe("overturned");
  });

  test("gets the days of the contest back that passed meanwhile", () => {
    const heard = handed(noticeAfter(...served(), decided), 20);
    const { notice } = passTime(heard, days(31));
    expect(notice).toMatchObject({ status: "decided", contestBy: days(15 + 30 + 10) });
    const contestedBefore = handed(noticeAfter(...served(), decided, contested), 25);
    const resumed = passTime(contestedBefore, days(36)).notice;
    expect(resumed.status).toBe("contested");
    expect(judgeBy(resumed)).toBe(days(20 + 60 + 10));
  });

  test("is let in once, by the reviewer who judged before if one did, so that the other judges", () => {
    const heard = handed(noticeAfter(...served()), 6);
    expect(refusalOf(() => handed(heard, 7, "reviewer-2"))).toBe("notice-state handed-over-before");
    const upheldBefore = judged(40, "reviewer-1")(noticeAfter(...served(), decided, contested)).notice;
    expect(refusalOf(() => handed(upheldBefore, 50, "reviewer-2"))).toBe("conflict-of-interest judged-by-another");
    const contest = contestDecision(handed(upheldBefore, 50), { now: days(55), text }).notice;
    expect(judged(60, "reviewer-2", "overturned")(contest).notice.status).toBe("overturned");
    expect(refusalOf(() => judged(60, "reviewer-1")(contest))).toBe("conflict-of-interest took-part");
    // Who judged is a reviewer no more: the employee gets in all the same.
    const byOther = { now: days(50), person: "reviewer-2", isColleague: false, isJudgeGone: true };
    expect(handOverLetter(upheldBefore, byOther).notice.status).toBe("reheard");
  });

  test("is shown with the own words alone, once heard", () => {
    const standing = settleNotice(noticeAfter(...served(), answeredByOther, decided), days(60)).change.notice;
    const contest = contestDecision(handed(standing, 100), { now: days(105), text }).notice;
    expect([contest.answeredAt, contest.paperAnswerBy]).toEqual([undefined, undefined]);
    const silent = passTime(handed(standing, 100), days(111)).notice;
    expect(silent.answeredAt).toBe(days(6));
  });

  test("is announced with no word while it is open again whether the entry stands", () => {
    const told = settleNotice(noticeAfter(...served(), decided), days(20)).change.notice;
    const standing = passTime(told, days(60)).notice;
    expect(standing).toMatchObject({ status: "standing", toldCitizen: "served" });
    const heard = handed(standing, 60);
    expect(settleNotice(heard, days(61)).entries).toEqual([]);
    const contest = contestDecision(heard, { now: days(61), text }).notice;
    expect(settleNotice(contest, days(62)).entries).toEqual([]);
    const overturned = judged(63, "reviewer-2", "overturned")(contest).notice;
    expect(settleNotice(overturned, days(64)).entries).toMatchObject([{ type: "notice-ended", outcome: "dismissed" }]);
  });

  test("is not let in by who had a part, or worked for the agency, or once the notice is over", () => {
    const notice = noticeAfter(...served(), decided);
    for (const person of [openingInspector, "inspector-4", "inspector-5", "inspector-6", "decided"])
      expect(
        refusalOf(() => handed(notice, 20, person)),
        person,
      ).toContain("conflict-of-interest");
    expect(refusalOf(() => handOverLetter(notice, { now: days(20), person: "reviewer-1", isColleague: true }))).toBe(
      "conflict-of-interest had-role-at-agency",
    );
    expect(refusalOf(() => handed(passTime(notice, days(2_000)).notice, 2_000))).toBe("notice-state");
    expect(refusalOf(() => handed(noticeAfter(agreed, printed), 3))).toBe("notice-state");
    // Before the decision the notice does not name who acted on the complaint: it is read there.
    const before = noticeAfter(...served());
    for (const person of ["decided", ...(involved.complaint.decidedBy ? [involved.complaint.decidedBy] : [])])
      expect(
        refusalOf(() => handOverLetter(before, { now: days(20), person, isColleague: false, involved })),
        person,
      ).toBe("conflict-of-interest took-part");
  });
});

test("the citizen reads one word of each state, and inspectors read nothing of a no before the citizen's time is over", () => {
  const record = (notice: Notice) => ({ notice, events: aNotice().events });
  const wordOf = (...steps: Step[]) => citizenNotice(record(noticeAfter(...steps)), days(5))?.status;
  expect([wordOf(), wordOf(agreed)]).toEqual(["asked", "open"]);
  // Whoever looks again and again learns of service and outcome no earlier than the hourly announcement.
  expect(wordOf(...served())).toBe("open");
  const told = settleNotice(noticeAfter(...served()), days(5)).change.notice;
  expect(citizenNotice(record(told), days(5))?.status).toBe("served");
  const dismissed = passTime(told, days(60)).notice;
  expect([dismissed.status, citizenNotice(record(dismissed), days(60))?.status]).toEqual(["dismissed", "served"]);
  expect(citizenNotice(record(settleNotice(dismissed, days(60)).change.notice), days(60))?.status).toBe("dismissed");
  const declined = answerConsentQuestion(noticeAfter(), { now: days(1), agrees: false }).notice;
  expect(citizenNotice(record(declined), days(2))?.status).toBe("declined");
  expect(noticeRow(declined, days(2))).toEqual(noticeRow(noticeAfter(), days(2)));
  expect(noticeRow(declined, days(15))).toEqual(noticeRow(noticeAfter(), days(15)));
  const viewed = (notice: Notice, now: string) =>
    noticeView(record(notice), { mover: { by: { caller: "inspector" }, now }, name: "", people: {}, files: [] });
  expect(viewed(declined, days(2))).toEqual(viewed(noticeAfter(), days(2)));
  expect(viewed(declined, days(15))).toEqual(viewed(noticeAfter(), days(15)));
});
