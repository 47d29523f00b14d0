import * as fc from "fast-check";
import { expect, test } from "vitest";
import { movesOf, type NoticeMove, openQuestionOf } from "#functions/desk/notices/moves.ts";
import { Fault } from "#shared/domain/fault.ts";
import type { Notice } from "#shared/domain/notices/notice.ts";
import { passTime } from "#shared/domain/notices/notice-clock.ts";
import type { NoticeChange } from "#shared/domain/notices/notice-events.ts";
import * as domain from "#shared/domain/notices/notice-moves.ts";
import { noticeView } from "#shared/domain/views/notice-views.ts";
import { aNotice, involved, openingInspector } from "../support/a-notice.ts";

const dayMs = 86_400_000;
const later = (instant: string, days: number) => new Date(Date.parse(instant) + days * dayMs).toISOString();
const inspectors = [openingInspector, "inspector-4", "inspector-5", "inspector-6"];
const [text, scan, employment] = ["متن", "a".repeat(32), { personnelId: "40218" }];
const reasons = text;

type Acting = { now: string; person: string; yes: boolean };
type Act = (notice: Notice, acting: Acting) => NoticeChange;

/** What the desk has a button for. */
const moves: Record<NoticeMove, Act> = {
  print: (notice, by) => domain.printLetter(notice, by),
  leave: (notice, { now, person }) => domain.recordLeave(notice, { now, person, until: later(now, 0.01) }),
  service: (notice, { yes, ...by }) =>
    domain.recordService(notice, { ...by, way: yes ? "receipt" : "refusal", employment, scan }),
  confirm: (notice, by) => domain.confirmService(notice, { ...by, number: notice.service?.number ?? 0 }),
  question: (notice, by) => domain.answerQuestion(notice, { ...by, number: notice.questions.length, text }),
  paper: (notice, by) => domain.recordPaperAnswer(notice, { ...by, text }),
  decide: (notice, { yes, ...by }) =>
    domain.decideNotice(notice, { ...by, outcome: yes ? "stands" : "dismissed", reasons, involved }),
};

/** What others do meanwhile. Nobody acts before the letter was opened: only then has the employee a secret to act with. */
const others: Record<string, Act> = {
  agree: (notice, { now }) => domain.answerConsentQuestion(notice, { now, agrees: true }),
  open: (notice, { now }) => domain.openLetter(notice, { now }),
  answer: (notice, { now }) => ifOpened(notice, () => domain.answerNotice(notice, { now, text })),
  ask: (notice, { now }) => ifOpened(notice, () => domain.askQuestion(notice, { now, text })),
  extend: (notice, { now }) => ifOpened(notice, () => domain.extendAnswer(notice, { now })),
  contest: (notice, { now }) => ifOpened(notice, () => domain.contestDecision(notice, { now, text })),
};
const ifOpened = (notice: Notice, act: () => NoticeChange) =>
  notice.letter?.openedAt ? act() : { notice, events: [] };

const all = { ...moves, ...others };
const usual = ["agree", "print", "open", "service", "confirm", "ask", "question", "answer", "decide", "print"];
const step = fc.record({
  what: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(all)) },
    { weight: 3, arbitrary: fc.constant("") },
  ),
  who: fc.nat({ max: inspectors.length - 1 }),
  yes: fc.boolean(),
  hours: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 60 }) }, { weight: 1, arbitrary: fc.nat({ max: 400 }) }),
});

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
    const name = (what || usual[course++ % usual.length]) as keyof typeof all;
    const act = () => all[name](played.notice, { now, person: inspectors[who] ?? "", yes });
    const { notice, events } = isAllowed(act) ? act() : { notice: played.notice, events: [] };
    played = { now, notice, events: [...played.events, ...events] };
    yield played;
  }
}

/** Compares what the desk shows to an inspector with what the rules allow. Returns the moves that are allowed. */
function compare({ notice, events, now }: Played, inspector: string): NoticeMove[] {
  const view = noticeView({ notice, events }, { now, name: "", people: {}, files: [] });
  const shown = movesOf(view, { inspector, now: Date.parse(now) });
  const allowed = (Object.keys(moves) as NoticeMove[]).filter((move) =>
    isAllowed(() => moves[move](notice, { now, person: inspector, yes: true })),
  );
  expect((Object.keys(moves) as NoticeMove[]).filter((move) => shown[move] === "yes")).toEqual(allowed);
  if (shown.question === "yes") expect(openQuestionOf(view)).toBe(notice.questions.length);
  return allowed;
}

test("the desk has a button for exactly what the rules let an inspector do, in 300 histories", () => {
  const seen = new Set<string>();
  const property = fc.property(fc.array(step, { minLength: 4, maxLength: 24 }), (plan) => {
    for (const played of play(plan)) {
      const { status } = passTime(played.notice, played.now).notice;
      for (const inspector of inspectors) for (const move of compare(played, inspector)) seen.add(`${move} ${status}`);
    }
  });
  fc.assert(property, { numRuns: 300 });
  // The test is worth something only where the histories come so far.
  const far = ["print open", "print served", "confirm open", "question served", "paper served", "decide served"];
  expect([...seen].sort()).toEqual(expect.arrayContaining(far));
});
