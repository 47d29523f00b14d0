import { provinceId } from "#shared/province/slices.static.ts";
import { resumedWebhook, stoppedWebhook } from "./admin.ts";
import {
  acknowledgedState,
  agencyViewOf,
  answeredState,
  answerOf,
  cursor,
  filedState,
  inboxItemOf,
  officerOf,
  stateAfter,
  stateWithPromise,
  summaryExample,
} from "./complaint-views.ts";
import {
  deadlinesExample,
  download,
  type ExampleWords,
  exampleIds,
  exampleTimes,
  inBothLanguages,
  type RouteExample,
} from "./example-values.ts";

const { id, otherAgencyId, countyId, category } = exampleIds;

function extended(words: ExampleWords) {
  const state = stateAfter(acknowledgedState, { answerBy: exampleTimes.extendedAnswerBy });
  const last = {
    type: "extended",
    at: exampleTimes.answered,
    by: "agency",
    reason: words.extension,
    previousAnswerBy: exampleTimes.answerBy,
  };
  return agencyViewOf({ words, state, last });
}

function written(words: ExampleWords, last: { type: string } & Record<string, unknown>) {
  const state = stateAfter(acknowledgedState);
  return agencyViewOf({ words, state, last: { at: exampleTimes.answered, by: "agency", ...last } });
}

/** The first event of a complaint, as it stands in the queue and in the feed. */
const filedEvent = {
  specversion: "1.0",
  id: `${id}/1`,
  source: `foad/${provinceId}`,
  type: "ir.foad.complaint.filed.v1",
  subject: id,
  time: exampleTimes.filed,
  datacontenttype: "application/json",
  data: {
    complaintId: id,
    version: 1,
    status: "filed",
    category,
    countyId,
    acknowledgeBy: exampleTimes.acknowledgeBy,
    answerBy: exampleTimes.answerBy,
    level: 0,
  },
};

export const agencyExamples: Record<string, RouteExample> = {
  "GET /v1/agency/complaints": {
    answer: inBothLanguages((words) => ({ items: [inboxItemOf(words)], nextCursor: cursor })),
  },
  "GET /v1/agency/summary": {
    answer: inBothLanguages(() => {
      const { agencies: _, ...summary } = summaryExample();
      return summary;
    }),
  },
  "GET /v1/agency/complaints/{id}": { answer: inBothLanguages((words) => agencyViewOf({ words, state: filedState })) },
  "GET /v1/agency/complaints/{id}/deadlines": { answer: deadlinesExample },
  "GET /v1/agency/complaints/{id}/attachments/{attachmentId}": { answer: inBothLanguages(download) },
  "POST /v1/agency/complaints/{id}/acknowledgement": {
    body: inBothLanguages((words) => ({ officer: officerOf(words) })),
    answer: inBothLanguages((words) => agencyViewOf({ words, state: acknowledgedState })),
  },
  "POST /v1/agency/complaints/{id}/transfer": {
    body: inBothLanguages(({ transfer }) => ({ toAgencyId: otherAgencyId, reason: transfer })),
    answer: inBothLanguages(() => ({ id, agencyId: otherAgencyId, status: "filed", version: 2 })),
  },
  "POST /v1/agency/complaints/{id}/extension": {
    body: inBothLanguages(({ extension }) => ({ reason: extension })),
    answer: inBothLanguages(extended),
  },
  "POST /v1/agency/complaints/{id}/answer": {
    body: inBothLanguages((words) => ({ officer: officerOf(words), ...answerOf(words) })),
    answer: inBothLanguages((words) => agencyViewOf({ words, state: answeredState })),
  },
  "POST /v1/agency/complaints/{id}/messages": {
    body: inBothLanguages((words) => ({ officer: officerOf(words), text: words.reply })),
    answer: inBothLanguages((words) =>
      written(words, { type: "message-posted", text: words.reply, officer: officerOf(words) }),
    ),
  },
  "POST /v1/agency/complaints/{id}/statement": {
    body: inBothLanguages(({ employee, statement }) => ({ employee: { name: employee }, text: statement })),
    answer: inBothLanguages((words) =>
      written(words, { type: "statement-added", employee: { name: words.employee }, text: words.statement }),
    ),
  },
  "POST /v1/agency/complaints/{id}/actions/{n}/report": {
    body: inBothLanguages((words) => ({ officer: officerOf(words), text: words.promiseReport })),
    answer: inBothLanguages((words) => agencyViewOf({ words, state: stateWithPromise(4), showsPromise: true })),
  },
  "GET /v1/agency/webhook": { answer: inBothLanguages(() => ({ host: "foad.office.example", ...stoppedWebhook })) },
  "POST /v1/agency/webhook/resume": {
    body: inBothLanguages(() => ({})),
    answer: inBothLanguages(() => ({ host: "foad.office.example", ...resumedWebhook })),
  },
  "GET /v1/agency/events": { answer: inBothLanguages(() => ({ items: [filedEvent], nextCursor: `${id}/1` })) },
};
