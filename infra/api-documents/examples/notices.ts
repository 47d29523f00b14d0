import { noticeAnswerDays, noticeConsentDays } from "#shared/domain/policy-numbers.ts";
import { addMilliseconds, dayMs } from "#shared/domain/time/duration.ts";
import { answeredState, citizenViewOf, cursor, stateAfter } from "./complaint-views.ts";
import {
  type ExampleWords,
  exampleIds,
  exampleTimes,
  inBothLanguages,
  inspectorName,
  type RouteExample,
} from "./example-values.ts";

const { id: complaintId, agencyId, officeId } = exampleIds;
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

const openingOf = ({ language, employee }: ExampleWords) => ({
  employee: { agencyId, officeId, name: employee },
  evidence: [4],
  ...words[language as "fa" | "en"],
});

const row = {
  id: noticeId,
  complaintId,
  agencyId,
  officeId,
  status: "asked",
  openedAt,
  openedBy: "inspector-1",
  nextDeadline: agreeBy,
};

function viewOf(example: ExampleWords) {
  const { employee: _, evidence, allegation, grounds } = openingOf(example);
  const opened = { type: "opened", evidence, allegation, grounds };
  return {
    ...row,
    ...openingOf(example),
    history: [{ ...opened, number: 1, at: openedAt, by: "inspector", person: "inspector-1" }],
    people: { "inspector-1": inspectorName },
  };
}

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
      const agreedAt = addMilliseconds(openedAt, noticeAnswerDays * dayMs);
      const confidentialEntry = { type: "notice-agreed", at: agreedAt, by: "citizen", noticeId };
      const view = citizenViewOf({ words: example, state, confidentialEntry });
      return { ...view, notices: [{ id: noticeId, status: "open", openedAt, allegation, grounds }] };
    }),
  },
};
