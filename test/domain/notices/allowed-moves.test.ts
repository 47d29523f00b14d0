import * as fc from "fast-check";
import { expect, test } from "vitest";
import { employeeNotice } from "#functions/notices/employee-notice.ts";
import type { Notice } from "#functions/notices/notice.ts";
import { passTime } from "#functions/notices/notice-clock.ts";
import type { NoticeChange } from "#functions/notices/notice-events.ts";
import * as domain from "#functions/notices/notice-moves.ts";
import { citizenNotice, noticeView } from "#functions/notices/notice-views.ts";
import { Fault } from "#shared/fault.ts";
import { aNotice, involved, openingInspector } from "../../support/a-notice.ts";
import { isDeep } from "../../support/trial-size.ts";

const dayMs = 86_400_000;
const later = (instant: string, days: number) => new Date(Date.parse(instant) + days * dayMs).toISOString();
/** The second decided the complaint, and the third visited for it. */
const inspectors = [openingInspector, "decided", "visited", "inspector-4", "inspector-5", "inspector-6"];
const [text, scan, employment] = ["متن", "a".repeat(32), { personnelId: "40218" }];
const reasons = text;

type Acting = { now: string; person: string; yes: boolean };
type Act = (notice: Notice, acting: Acting) => NoticeChange;

type Acts = Record<string, Act>;
/** Each move of an inspector with an acceptable content. */
const ofInspector: Acts = {
  "print-letter": (notice, by) => domain.printLetter(notice, by),
  "record-leave": (notice, { now, person }) => domain.recordLeave(notice, { now, person, until: later(now, 0.01) }),
  "record-service": (notice, { yes, ...by }) =>
    domain.recordService(notice, { ...by, way: yes ? "receipt" : "declined", employment, scan }),
  "confirm-service": (notice, by) => domain.confirmService(notice, { ...by, number: notice.service?.number ?? 0 }),
  "answer-question": (notice, by) => domain.answerQuestion(notice, { ...by, number: notice.questions.length, text }),
  "record-paper-answer": (notice, by) => domain.recordPaperAnswer(notice, { ...by, text }),
  decide: (notice, { yes, ...by }) =>
    domain.decideNotice(notice, {
      ...by,
      isColleague: false,
      outcome: yes ? "stands" : "dismissed",
      reasons,
      involved,
    }),
  attach: (notice, { now }) => attached(notice, { now, by: "inspector" }),
};
const ofReviewer: Acts = {
  judge: (notice, { now, person, yes }) =>
    domain.judgeContest(notice, { now, person, isColleague: false, outcome: yes ? "upheld" : "overturned", reasons }),
  "hand-over-letter": (notice, { now, person }) => domain.handOverLetter(notice, { now, person, isColleague: false }),
};
const ofCitizen: Acts = {
  agree: (notice, { now }) => domain.answerConsentQuestion(notice, { now, agrees: true }),
  disagree: (notice, { now }) => domain.answerConsentQuestion(notice, { now, agrees: false }),
};
const ofEmployee: Acts = {
  answer: (notice, { now }) => domain.answerNotice(notice, { now, text }),
  ask: (notice, { now }) => domain.askQuestion(notice, { now, text }),
  extend: (notice, { now }) => domain.extendAnswer(notice, { now }),
  contest: (notice, { now }) => domain.contestDecision(notice, { now, text }),
  attach: (notice, { now }) => attached(notice, { now, by: "employee" }),
};
const open: Act = (notice, { now }) => domain.openLetter(notice, { now });

function attached(notice: Notice, by: Parameters<typeof domain.refuseUntimelyFile>[1]): NoticeChange {
  domain.refuseUntimelyFile(notice, by);
  return { notice, events: [] };
}

const all: Acts = { ...ofInspector, ...ofReviewer, ...ofCitizen, ...ofEmployee, open };
const usual =
  "agree print-letter open record-service confirm-service ask answer-question answer decide contest judge".split(" ");
const step = fc.record({
  what: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(all)) },
    { weight: 3, arbitrary: fc.constant("") },
  ),
  who: fc.nat({ max: inspectors.length - 1 }),
  yes: fc.boolean(),
  hours: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 60 }) }, { weight: 1, arbitrary: fc.nat({ max: 400 }) }),
});

/** The usual course to its end, by people of whom each may do it: chance alone does not always come so far. */
const usualCourse = [0, 0, 0, 3, 4, 0, 3, 0, 5, 0, 0].map((who) => ({ what: "", who, yes: true, hours: 1 }));
const plans = fc.array(step, { minLength: 4, maxLength: 30 });

const isAllowed = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
};

type Played = NoticeChange & { now: string };

/** Plays a plan: a step of the usual course, or another. What is refused changes nothing. */
function* play(plan: readonly { what: string; who: number; yes: boolean; hours: number }[]): Generator<Played> {
  let played: Played = { ...aNotice(), now: aNotice().notice.openedAt };
  let course = 0;
  for (const { what, who, yes, hours } of plan) {
    const now = later(played.now, hours / 24);
    const name = what || (usual[course++ % usual.length] ?? "");
    const act = () => (all[name] ?? open)(played.notice, { now, person: inspectors[who] ?? "", yes });
    const { notice, events } = isAllowed(act) ? act() : { notice: played.notice, events: [] };
    played = { now, notice, events: [...played.events, ...events] };
    yield played;
  }
}

type Told = { allowedMoves: readonly string[]; blockedMoves: readonly { move: string }[] };

/** Compares the moves that a view tells with those that the rules allow. */
function compare(acts: Acts, { notice, now }: Played, { person, view }: { person: string; view: Told }): void {
  const allowed = Object.keys(acts).filter((move) => isAllowed(() => acts[move]?.(notice, { now, person, yes: true })));
  expect(view.allowedMoves.toSorted(), `${person}: ${notice.status}`).toEqual(allowed.sort());
  const all = [...view.allowedMoves, ...view.blockedMoves.map(({ move }) => move)];
  expect(all.sort()).toEqual(Object.keys(acts).sort());
}

/** What a caller with this account reads. */
function viewAs(caller: "inspector" | "reviewer", { notice, events, now }: Played, person: string) {
  const mover = { by: { caller, person }, now, ...(caller === "inspector" && { involved }) };
  return noticeView({ notice, events }, { mover, name: "", people: {}, files: [] });
}

test("a refusal tells the citizen no more of the state than the word of the view", () => {
  const property = fc.property(plans, (plan) => {
    for (const { notice, events, now } of play(plan)) {
      const view = citizenNotice({ notice, events }, now);
      if (!view || view.allowedMoves.length > 0) continue;
      const answer = () => domain.answerConsentQuestion(notice, { now, agrees: true });
      expect(answer).toThrow(expect.objectContaining({ code: "notice-state", values: { status: view.status } }));
    }
  });
  fc.assert(property, { numRuns: 50 });
});

test("each view allows exactly the moves that the rules allow its reader, and blocks the others", () => {
  const seen = new Set<string>();
  const property = fc.property(plans, (plan) => {
    for (const played of play(plan)) {
      const { now } = played;
      const { status } = passTime(played.notice, now).notice;
      for (const person of inspectors) {
        const view = viewAs("inspector", played, person);
        compare(ofInspector, played, { person, view });
        for (const move of view.allowedMoves) seen.add(`${move} ${status}`);
      }
      for (const person of ["reviewer", openingInspector, "inspector-4"])
        compare(ofReviewer, played, { person, view: viewAs("reviewer", played, person) });
      const employees = employeeNotice(played, { now, name: "", files: [], secret: undefined });
      compare(ofEmployee, played, { person: "employee", view: employees });
      for (const move of employees.allowedMoves) seen.add(`${move} ${status}`);
      const citizens = citizenNotice(played, now);
      if (citizens) compare(ofCitizen, played, { person: "citizen", view: citizens });
    }
  });
  fc.assert(property, { numRuns: isDeep ? 300 : 100, examples: [[usualCourse]] });
  // The test is worth something only if the histories come so far.
  const ofState = { open: ["print-letter", "confirm-service"], served: ["answer-question", "decide"] };
  const far = Object.entries(ofState).flatMap(([status, moves]) => moves.map((move) => `${move} ${status}`));
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([...far, "record-paper-answer served", "ask served", "answer served", "contest decided"]),
  );
});
