import * as fc from "fast-check";
import { expect } from "vitest";
import type { Notice, NoticeEvent } from "#functions/notices/notice.ts";
import { passTime } from "#functions/notices/notice-clock.ts";
import type { NoticeChange } from "#functions/notices/notice-events.ts";
import {
  answerConsentQuestion,
  answerNotice,
  answerQuestion,
  askQuestion,
  confirmService,
  contestDecision,
  decideNotice,
  endWithoutFoundation,
  extendAnswer,
  handOverLetter,
  judgeContest,
  openLetter,
  printLetter,
  recordLeave,
  recordPaperAnswer,
  recordService,
} from "#functions/notices/notice-moves.ts";
import { dayMs } from "#shared/time/duration.ts";
import { involved, openingInspector } from "./a-notice.ts";

/** This inspector had a role at the employee's agency before. */
const colleague = "colleague";
/** The second decided the complaint and the third visited for it. */
export const inspectors = [
  openingInspector,
  "decided",
  "visited",
  "inspector-4",
  "inspector-5",
  "inspector-6",
  colleague,
];
const isColleague = (person: string) => person === colleague;

export type Step = { what: keyof typeof steps; who: number; yes: boolean; afterHours: number };
type Acting = { now: string; person: string; yes: boolean };
/** Two reviewers, and now and then an inspector who has become one. */
export const reviewers = ["reviewer-1", "reviewer-2"] as const;
const reviewerOf = (person: string) => reviewers[inspectors.indexOf(person) % 2] ?? person;
const text = "متن";
const scan = "a".repeat(32);
export const steps = {
  agree: (notice, { now }) => answerConsentQuestion(notice, { now, agrees: true }),
  disagree: (notice, { now }) => answerConsentQuestion(notice, { now, agrees: false }),
  print: (notice, by) => printLetter(notice, by),
  leave: (notice, { now, person }) => recordLeave(notice, { now, person, until: later(now, 20) }),
  serve: (notice, { yes, ...by }) =>
    recordService(notice, { ...by, way: yes ? "receipt" : "declined", employment: { personnelId: "123" }, scan }),
  confirm: (notice, by) => confirmService(notice, { ...by, number: notice.service?.number ?? 0 }),
  open: (notice, { now }) => openLetter(notice, { now }),
  answer: (notice, { now }) => answerNotice(notice, { now, text }),
  paper: (notice, by) => recordPaperAnswer(notice, { ...by, text }),
  extend: (notice, { now }) => extendAnswer(notice, { now }),
  ask: (notice, { now }) => askQuestion(notice, { now, text }),
  explain: (notice, by) => answerQuestion(notice, { ...by, number: notice.questions.length, text }),
  decide: (notice, { yes, ...by }) =>
    decideNotice(notice, {
      ...by,
      isColleague: isColleague(by.person),
      outcome: yes ? "stands" : "dismissed",
      reasons: text,
      involved,
    }),
  contest: (notice, { now }) => contestDecision(notice, { now, text }),
  handOver: (notice, { now, yes, ...by }) => {
    const person = yes ? reviewerOf(by.person) : by.person;
    return handOverLetter(notice, { now, person, isColleague: isColleague(person) });
  },
  judge: (notice, { now, person, yes }) =>
    judgeContest(notice, {
      now,
      person: reviewerOf(person),
      isColleague: false,
      outcome: yes ? "upheld" : "overturned",
      reasons: text,
    }),
  unfound: (notice, { now }) => endWithoutFoundation(notice, { now }) ?? { notice, events: [] },
} satisfies Record<string, (notice: Notice, acting: Acting) => NoticeChange>;

export const later = (instant: string, days: number) => new Date(Date.parse(instant) + days * dayMs).toISOString();

/** Steps in any order would seldom come far: three of four follow the usual course. */
const usual = ["agree", "print", "serve", "confirm", "open", "answer", "decide", "contest", "judge"] as const;
/** Who makes each step of the usual course: one prints and records, another confirms, a third decides. */
const usualPeople = [3, 3, 3, 4, 3, 3, 5, 3, 3];
/** Mostly the person of the usual course; now and then anybody. */
const whoOf = (n: number, { afterHours = 1, who = 0 }: Partial<Step> = {}) =>
  afterHours % 4 > 0 ? (usualPeople[n] ?? 3) : who;
const anyStep: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])),
  who: fc.nat({ max: inspectors.length - 1 }),
  yes: fc.boolean(),
  afterHours: fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 100 }) },
    { weight: 2, arbitrary: fc.nat({ max: 1_000 }) },
    { weight: 1, arbitrary: fc.nat({ max: 20_000 }) },
  ),
});
export const history = fc.array(anyStep, { minLength: 9, maxLength: 40 }).chain((chance) =>
  fc.nat({ max: usual.length }).map((length) => {
    const course = usual
      .slice(0, length)
      .map((what, n): Step => ({ what, who: whoOf(n, chance[n]), yes: chance[n]?.yes ?? true, afterHours: 30 }));
    return chance.flatMap((step, n) => [...(course[n] ? [course[n]] : []), ...(n % 3 === 0 ? [step] : [])]);
  }),
);

const has = (events: readonly NoticeEvent[], type: NoticeEvent["type"]) => events.find((event) => event.type === type);

/** Whoever has the notice in whatever state after the service: the employee is heard anew once, by one of the two reviewers at least. */
export function expectWayIn(notice: Notice, now: string): void {
  const { notice: present } = passTime(notice, now);
  if (!["served", "decided", "contested", "standing"].includes(present.status) || present.handover) return;
  const { parts } = present;
  const isInvolved = (person: string) => parts.some((one) => one.person === person && one.part !== "judged-notice");
  if (reviewers.some(isInvolved)) return;
  const ways = reviewers.flatMap((person) => {
    try {
      return handOverLetter(present, { now, person, isColleague: false }).notice;
    } catch {
      return [];
    }
  });
  expect(ways.length, present.status).toBeGreaterThan(0);
  for (const heard of ways) {
    expect(["served", "reheard"]).toContain(heard.status);
    if (heard.status === "served") expect(answerNotice(heard, { now, text }).notice.answeredAt).toBeDefined();
    // What the employee says is the contest, which the other reviewer judges.
    else expect(judgedByOther(contestDecision(heard, { now, text }).notice, now)).toBe("overturned");
  }
}

function judgedByOther(contested: Notice, now: string): string {
  const other = reviewers.find((person) => !contested.parts.some((one) => one.person === person)) ?? "";
  const judging = { now, person: other, isColleague: false, outcome: "overturned", reasons: text } as const;
  return judgeContest(contested, judging).notice.status;
}

/** Rules 3 to 9 as the events alone tell them, counted anew and not from the notice's own fields. */
export function expectRules(events: readonly NoticeEvent[], now: string, notice: Notice): void {
  expectWayIn(notice, now);
  if (notice.status !== "standing") return;
  const agreed = has(events, "agreed");
  expect(agreed).toMatchObject({ by: "citizen" });
  const handedBefore = events.findLast(({ type }, n) => type === "letter-handed-over" && isBeforeDecision(events, n));
  const served = events.slice(events.findLastIndex(({ type }) => type === "letter-printed"));
  const [recorded, confirmed] = [
    served.findLast(({ type }) => type === "service-recorded"),
    has(served, "service-confirmed"),
  ];
  if (!recorded || !confirmed || !agreed) throw new Error("an entry without consent or service");
  const doers = (...types: NoticeEvent["type"][]) =>
    events.filter((event) => types.includes(event.type) && event.by === "inspector").map(({ person }) => person);
  const servers = doers("opened", "letter-printed", "service-recorded");
  expect(servers).not.toContain(confirmed.person);
  // Who declined to sign has no secret: who opened the letter before the service was somebody else.
  const early = served.slice(0, served.indexOf(confirmed)).some(({ type }) => type === "letter-opened");
  expect(early && recorded.type === "service-recorded" && recorded.way === "declined").toBe(false);
  const decided = events.findLast(({ type }) => type === "decided");
  expect(decided).toMatchObject({ outcome: "stands", by: "inspector" });
  const partsBefore = [
    ...servers,
    ...doers("service-confirmed"),
    ...doers("answered"),
    "decided",
    "visited",
    colleague,
  ];
  expect(partsBefore).not.toContain(decided?.person);
  const hearing = handedBefore ? served.slice(served.indexOf(handedBefore)) : served;
  expect(isHeard(hearing, decided?.at ?? "")).toBe(true);
  // Nobody judges who handed over, or did anything before.
  const judges = events.filter(({ type }) => type === "judged");
  expect(events.filter(({ type }) => type === "letter-handed-over").some(({ person }) => person === colleague)).toBe(
    false,
  );
  for (const { person, version } of judges)
    expect(events.some((one) => one.version < version && one.person === person)).toBe(false);
  const judged = judges.at(-1);
  const sinceDecided = events.filter(({ at }) => at >= (decided?.at ?? ""));
  const began = sinceDecided.find(({ type }) => type === "began-to-stand" || type === "judged");
  const standsSince = began?.at ?? "";
  expect(judged || standsSince >= later(decided?.at ?? "", 30)).toBeTruthy();
  // An entry counts once, and stands as long as the rest lasted beyond its 24 months.
  expect(notice.standsSince).toBe(standsSince);
  const handed = sinceDecided.find(({ type }) => type === "letter-handed-over");
  const ended =
    handed && sinceDecided.find(({ type, at }) => at >= handed.at && (type === "resumed" || type === "judged"));
  const rested = handed && ended && handed.at >= standsSince ? Date.parse(ended.at) - Date.parse(handed.at) : 0;
  const until = later(standsSince, 730 + rested / dayMs);
  expect(now < until || passTime(notice, now).notice.status === "expired").toBe(true);
}

const isBeforeDecision = (events: readonly NoticeEvent[], n: number) =>
  n < events.findLastIndex(({ type }) => type === "decided");

/** Whether the employee answered, or had ten days (fifteen, where extended) in which no question waited. */
function isHeard(served: readonly NoticeEvent[], decidedAt: string): boolean {
  const since = served.findLast(
    ({ type, at }, n) =>
      type === "service-confirmed" ||
      (type === "letter-handed-over" && at < decidedAt) ||
      (type === "letter-opened" && at < decidedAt && isLateOpening(served, n)),
  );
  const hearing = served.slice(served.indexOf(since as NoticeEvent) + 1).filter(({ at }) => at <= decidedAt);
  // A paper that an inspector typed in shortens nothing, and this inspector does not decide.
  const decider = hearing.findLast(({ type }) => type === "decided")?.person;
  if (hearing.some((event) => event.type === "answered" && event.onPaper && event.person === decider)) return false;
  if (hearing.some((event) => event.type === "answered" && !event.onPaper)) return true;
  const asked = hearing.filter(({ type }) => type === "question-asked");
  const explained = hearing.filter(({ type }) => type === "question-answered");
  const stopped = explained.reduce((sum, { at }, n) => sum + Date.parse(at) - Date.parse(asked[n]?.at ?? at), 0);
  const days = has(hearing, "answer-extended") ? 15 : 10;
  return Date.parse(decidedAt) - Date.parse(since?.at ?? "") - stopped >= days * dayMs;
}

/** The first opening by somebody who signed nothing, after the service was confirmed. */
function isLateOpening(served: readonly NoticeEvent[], n: number): boolean {
  const before = served.slice(0, n);
  const refused = before.findLast(({ type }) => type === "service-recorded");
  return (
    Boolean(has(before, "service-confirmed")) && refused?.type === "service-recorded" && refused.way === "declined"
  );
}

/** The states that a state may lead to. */
export const edges: Record<string, readonly string[]> = {
  asked: ["declined", "open"],
  open: ["lapsed", "dismissed", "served"],
  // `served`: somebody who signed nothing opened the letter late.
  served: ["dismissed", "decided"],
  decided: ["contested", "standing", "overturned", "served", "reheard"],
  contested: ["standing", "overturned", "reheard"],
  standing: ["overturned", "expired", "served", "reheard"],
  reheard: ["decided", "contested", "standing", "overturned"],
};
