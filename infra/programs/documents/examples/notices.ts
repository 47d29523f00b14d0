import { noticeLetter } from "#functions/notices/letter.ts";
import type { Notice } from "#functions/notices/notice.ts";
import { noticeMoves } from "#functions/notices/notice-lifecycle.ts";
import { aboutRecords } from "#functions/notices/record-entry.ts";
import {
  noticeAnswerDays,
  noticeConsentDays,
  noticeContestDays,
  noticeDecisionDays,
  noticeJudgementDays,
  noticeServiceDays,
  noticeStandingDays,
  uploadLinkSeconds,
} from "#shared/policy-numbers.ts";
import { catalog } from "#shared/province/slices.static.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { answeredState, citizenViewOf, cursor, stateAfter } from "./complaint-views.ts";
import {
  download,
  type ExampleWords,
  exampleIds,
  exampleTimes,
  inBothLanguages,
  inspectorName,
  photo,
  type RouteExample,
} from "./example-values.ts";

const { id: complaintId, agencyId, officeId, attachmentId, secret } = exampleIds;
const personnelId = "40218";
const noticeId = "N-7K3M-9XPT-Q";
const openedAt = exampleTimes.ended;
const agreeBy = addMilliseconds(openedAt, noticeConsentDays * dayMs);

const words = {
  fa: {
    allegation:
      "کارمند ارباب‌رجوع را با صدای بلند از باجه راند و گفت دیگر نیاید. گزارش بازدید همان روز آن را تأیید می‌کند.",
    grounds: "بند ۲ ماده ۸ قانون رسیدگی به تخلفات اداری",
  },
  en: {
    allegation:
      "The employee shouted a visitor away from the counter and told them not to come back. The visit of that day confirms it.",
    grounds: "Law on administrative offences, article 8, item 2",
  },
};

const said = {
  fa: {
    question: "در کدام ساعت روز چنین شده است؟",
    reply: "میان ساعت ۹ تا ۱۱ صبح.",
    answer: "آن روز باجه شلوغ بود و صدایم را بلند کردم تا شنیده شوم. کسی را نراندم.",
    reasons: "گزارش بازدید و فیلم سالن نشان می‌دهد که کارمند ارباب‌رجوع را راند.",
    contest: "فیلم صدا ندارد و آنچه گفته‌ام در آن نیست.",
    judgement: "گزارش بازرس حاضر در سالن آنچه را گفته شده است در بر دارد.",
  },
  en: {
    question: "At which hour of the day did it happen?",
    reply: "Between nine and eleven in the morning.",
    answer: "The counter was crowded and I raised my voice to be heard. I sent nobody away.",
    reasons: "The report of the visit and the camera of the hall show that the employee sent the visitor away.",
    contest: "The camera has no sound, so it shows nothing of what I said.",
    judgement: "The report of the inspector in the hall holds what was said.",
  },
};
const saidIn = ({ language }: ExampleWords) => said[language as "fa" | "en"];

const openingOf = ({ language, employee }: ExampleWords) => ({
  employee: { agencyId, officeId, name: employee },
  evidence: [4],
  ...words[language as "fa" | "en"],
});

const row = {
  version: 1,
  id: noticeId,
  complaintId,
  agencyId,
  officeId,
  status: "asked",
  openedAt,
  openedBy: "inspector-1",
  nextDeadline: agreeBy,
};

const agreedAt = addMilliseconds(openedAt, dayMs);
const openRow = { ...row, status: "open", nextDeadline: addMilliseconds(agreedAt, noticeServiceDays * dayMs) };
const servedAt = addMilliseconds(agreedAt, 5 * dayMs);
const answerBy = addMilliseconds(servedAt, noticeAnswerDays * dayMs);
const servedRow = { ...row, status: "served", nextDeadline: addMilliseconds(answerBy, noticeDecisionDays * dayMs) };
const decidedAt = addMilliseconds(servedAt, 12 * dayMs);
const contestBy = addMilliseconds(decidedAt, noticeContestDays * dayMs);
const contestedAt = addMilliseconds(decidedAt, 3 * dayMs);
const contestedRow = {
  ...row,
  status: "contested",
  nextDeadline: addMilliseconds(contestedAt, noticeJudgementDays * dayMs),
};
const upheldRow = {
  ...row,
  status: "standing",
  nextDeadline: addMilliseconds(contestedAt, noticeStandingDays * dayMs),
};

/** The moves that the state of an example allows to its reader. */
const movesFor = (caller: "citizen" | "inspector" | "reviewer" | "employee", state: object) =>
  noticeMoves(
    { openedBy: "inspector-1", parts: [], letterCount: 1, leaveDays: 0, questions: [], ...state } as unknown as Notice,
    {
      by: { caller, person: caller },
      now: servedAt,
    },
  );
const onlyRow = (shown: object) => inBothLanguages(() => shown);

function viewOf(example: ExampleWords) {
  const { employee: _, evidence, allegation, grounds } = openingOf(example);
  const opened = { type: "opened", evidence, allegation, grounds };
  return {
    ...row,
    ...openingOf(example),
    leaveDays: 0,
    ...movesFor("inspector", row),
    history: [{ ...opened, number: 1, at: openedAt, by: "inspector", person: "inspector-1" }],
    files: [],
    people: { "inspector-1": inspectorName },
  };
}

/** The notice after the employee contested it, as the reviewer reads it. */
function contestedView(example: ExampleWords) {
  const { reasons, contest } = saidIn(example);
  const view = viewOf(example);
  const decided = { type: "decided", outcome: "stands", reasons };
  return {
    ...view,
    ...contestedRow,
    decidedBy: "inspector-3",
    contestBy,
    contestedAt,
    ...movesFor("reviewer", contestedRow),
    history: [
      ...view.history,
      { ...decided, number: 9, at: decidedAt, by: "inspector", person: "inspector-3" },
      { type: "contested", text: contest, number: 10, at: contestedAt, by: "employee" },
    ],
  };
}

/** The notice as the employee reads it, before the answer. */
function employeeViewOf(
  example: ExampleWords,
  more: { answer?: { at: string; text: string } } & Record<string, unknown> = {},
) {
  const { employee, evidence: _, ...texts } = openingOf(example);
  const shown = { id: noticeId, agencyId, officeId, name: employee.name, ...texts };
  const state = { status: "served", answerBy, questions: [], ...more };
  return { ...shown, ...state, ...movesFor("employee", { ...state, answeredAt: more.answer?.at }), files: [] };
}

const attachment = { contentType: "image/jpeg", size: photo.size };
const upload = {
  attachmentId,
  url: "https://attachments.foad.example/",
  fields: {
    key: `${bucketFolders.uploads}${noticeId}/${attachmentId}`,
    "Content-Type": "image/jpeg",
    policy: "eyJleHBpcmF0aW9uIjoi…",
  },
  expiresAt: addMilliseconds(servedAt, uploadLinkSeconds * 1_000),
};

export const noticeExamples: Record<string, RouteExample> = {
  "POST /v1/inspector/complaints/{id}/notices": {
    body: inBothLanguages(openingOf),
    answer: inBothLanguages(() => row),
  },
  "GET /v1/inspector/notices": { answer: inBothLanguages(() => ({ items: [row], nextCursor: cursor })) },
  "GET /v1/inspector/notices/{noticeId}": { answer: inBothLanguages(viewOf) },
  "POST /v1/complaints/{id}/notices/{noticeId}/consent": {
    body: inBothLanguages(() => ({ agrees: true })),
    answer: inBothLanguages((example) => {
      const { allegation, grounds } = openingOf(example);
      const state = stateAfter(answeredState, { status: "closed", closure: "decided" });
      const confidentialEntry = { type: "notice-agreed", at: agreedAt, by: "citizen", noticeId };
      const view = citizenViewOf({ words: example, state, confidentialEntry });
      return {
        ...view,
        notices: [{ id: noticeId, status: "open", openedAt, ...movesFor("citizen", openRow), allegation, grounds }],
      };
    }),
  },
  "POST /v1/inspector/notices/{noticeId}/letter": {
    body: onlyRow({}),
    answer: inBothLanguages(({ employee }) =>
      noticeLetter({
        id: noticeId,
        secret,
        address: "https://foad.example/notice",
        employee,
        agency: catalog.agencies.find(({ id }) => id === agencyId)?.name.fa ?? "",
        printedAt: agreedAt,
      }),
    ),
  },
  "POST /v1/inspector/notices/{noticeId}/leave": {
    body: onlyRow({ onLeaveUntil: servedAt }),
    answer: onlyRow(openRow),
  },
  "POST /v1/inspector/notices/{noticeId}/attachments": {
    body: inBothLanguages(({ fileName }) => ({ fileName, ...attachment })),
    answer: onlyRow(upload),
  },
  "GET /v1/inspector/notices/{noticeId}/attachments/{attachmentId}": { answer: inBothLanguages(download) },
  "POST /v1/inspector/notices/{noticeId}/service": {
    body: inBothLanguages(({ employee }) => ({
      way: "receipt",
      name: employee,
      employment: { personnelId },
      scan: attachmentId,
    })),
    answer: onlyRow(openRow),
  },
  "POST /v1/inspector/notices/{noticeId}/service/confirmation": {
    body: onlyRow({ number: 4 }),
    answer: onlyRow(servedRow),
  },
  "POST /v1/inspector/notices/{noticeId}/questions/{number}": {
    body: inBothLanguages((example) => ({ text: saidIn(example).reply })),
    answer: onlyRow(servedRow),
  },
  "POST /v1/inspector/notices/{noticeId}/answer": {
    body: inBothLanguages((example) => ({ text: saidIn(example).answer, attachments: [attachmentId] })),
    answer: onlyRow(servedRow),
  },
  "POST /v1/inspector/notices/{noticeId}/decision": {
    body: inBothLanguages((example) => ({ outcome: "stands", reasons: saidIn(example).reasons })),
    answer: onlyRow({ ...row, status: "decided", nextDeadline: contestBy }),
  },
  "GET /v1/reviewer/notices": { answer: onlyRow({ items: [contestedRow], nextCursor: cursor }) },
  "GET /v1/reviewer/notices/{noticeId}": { answer: inBothLanguages(contestedView) },
  "GET /v1/reviewer/notices/{noticeId}/attachments/{attachmentId}": { answer: inBothLanguages(download) },
  "POST /v1/reviewer/notices/{noticeId}/decision": {
    body: inBothLanguages((example) => ({ outcome: "upheld", reasons: saidIn(example).judgement })),
    answer: onlyRow(upheldRow),
  },
  "POST /v1/reviewer/notices/{noticeId}/letter": {
    body: onlyRow({}),
    answer: inBothLanguages(({ employee }) =>
      noticeLetter({
        id: noticeId,
        secret,
        address: "https://foad.example/notice",
        employee,
        agency: catalog.agencies.find(({ id }) => id === agencyId)?.name.fa ?? "",
        printedAt: agreedAt,
      }),
    ),
  },
  "GET /v1/agency/records": {
    answer: inBothLanguages((example) => {
      const { employee, evidence: _, ...texts } = openingOf(example);
      const { answer, reasons } = saidIn(example);
      const stands = { standsSince: contestBy, standsUntil: addMilliseconds(contestBy, noticeStandingDays * dayMs) };
      const entry = { id: noticeId, officeId, name: employee.name, ...stands, ...texts, answer, reasons };
      return { about: aboutRecords, items: [entry] };
    }),
  },
  "GET /v1/notices/{noticeId}": { answer: inBothLanguages((example) => employeeViewOf(example, { secret })) },
  "POST /v1/notices/{noticeId}/attachments": {
    body: inBothLanguages(({ fileName }) => ({ fileName, ...attachment })),
    answer: onlyRow(upload),
  },
  "POST /v1/notices/{noticeId}/answer": {
    body: inBothLanguages((example) => ({ text: saidIn(example).answer })),
    answer: inBothLanguages((example) =>
      employeeViewOf(example, { answer: { at: answerBy, text: saidIn(example).answer } }),
    ),
  },
  "POST /v1/notices/{noticeId}/extension": {
    body: onlyRow({}),
    answer: inBothLanguages((example) =>
      employeeViewOf(example, { extended: true, answerBy: addMilliseconds(answerBy, 5 * dayMs) }),
    ),
  },
  "POST /v1/notices/{noticeId}/questions": {
    body: inBothLanguages((example) => ({ text: saidIn(example).question })),
    answer: inBothLanguages((example) => {
      const { question: text } = saidIn(example);
      return employeeViewOf(example, { questions: [{ number: 1, askedAt: servedAt, text }], stoppedSince: servedAt });
    }),
  },
  "POST /v1/notices/{noticeId}/contest": {
    body: inBothLanguages((example) => ({ text: saidIn(example).contest })),
    answer: inBothLanguages((example) => {
      const { answer, reasons, contest } = saidIn(example);
      return employeeViewOf(example, {
        status: "contested",
        contestBy,
        answer: { at: answerBy, text: answer },
        decision: { at: decidedAt, outcome: "stands", reasons },
        contest: { at: contestedAt, text: contest },
      });
    }),
  },
};
