import {
  cursor,
  decisionOf,
  disputedState,
  escalatedItemOf,
  filedState,
  inspectorViewOf,
  overseerViewOf,
  stateAfter,
  stateWithPromise,
  summaryExample,
  workQueueItemOf,
} from "./complaint-views.ts";
import {
  deadlinesExample,
  downloadNamed,
  type ExampleWords,
  exampleIds,
  exampleTimes,
  inBothLanguages,
  inspectorName,
  type RouteExample,
} from "./example-values.ts";

const { id, visitId, otherAgencyId } = exampleIds;

const claim = { inspector: "inspector-1", at: exampleTimes.ended, until: exampleTimes.lapses };

type InspectorAction = {
  sets?: Record<string, unknown>;
  visits?: unknown[];
  last: { type: string } & Record<string, unknown>;
};

const signed = { at: exampleTimes.ended, by: "inspector", person: "inspector-1" };

/** The view of a disputed complaint after an action of an inspector. */
function viewAfterAction(words: ExampleWords, { sets, visits, last }: InspectorAction) {
  const state = stateAfter(disputedState, sets);
  return inspectorViewOf({ words, state, last: { ...signed, ...last }, ...(visits && { visits }) });
}

const closed = (closure: string) => ({ status: "closed", closure });
const visit = {
  visitId,
  orderedAt: exampleTimes.disputed,
  inspector: "inspector-1",
  plannedAt: exampleTimes.planned,
  reportBy: exampleTimes.reportBy,
};
const colleague = "inspector-2";

/** The view of a disputed complaint after an entry in its confidential log. */
function viewAfterEntry(words: ExampleWords, { entry, visits }: { entry: { type: string }; visits: unknown[] }) {
  return inspectorViewOf({ words, state: disputedState, confidentialEntry: { ...signed, ...entry }, visits });
}
const visitReport = ({ report }: ExampleWords) => ({
  arrivedAt: exampleTimes.planned,
  location: { latitude: 36.2688, longitude: 50.0041 },
  visitResult: "confirmed",
  text: report,
});

function viewAfterTransfer(words: ExampleWords) {
  const { transfer: reason } = words;
  const last = { type: "transferred", at: exampleTimes.acknowledged, by: "inspector", person: "inspector-1" };
  return inspectorViewOf({
    words,
    state: stateAfter(filedState, { agencyId: otherAgencyId }),
    last: { ...last, fromAgencyId: filedState.agencyId, toAgencyId: otherAgencyId, reason },
  });
}

const readExamples: Record<string, RouteExample> = {
  "GET /v1/inspector/complaints": {
    answer: inBothLanguages((words) => ({ items: [{ ...workQueueItemOf(words), claim }], nextCursor: cursor })),
  },
  "GET /v1/inspector/complaints/{id}": {
    answer: inBothLanguages((words) => inspectorViewOf({ words, state: disputedState })),
  },
  "GET /v1/inspector/summary": {
    answer: inBothLanguages(() => ({ ...summaryExample(), visits: { open: 2, late: 0 } })),
  },
  "GET /v1/inspector/proposals": {
    answer: inBothLanguages(() => ({
      morning: "2026-11-25",
      items: [
        {
          agencyId: filedState.agencyId,
          category: "systems-not-ready",
          countyId: filedState.countyId,
          from: "2026-11-11",
          to: "2026-11-24",
          count: 17,
          expected: 4.2,
          since: "2026-11-23",
        },
        {
          agencyId: otherAgencyId,
          cause: "capacity",
          from: "2026-11-11",
          to: "2026-11-24",
          count: 9,
          expected: 1.1,
          oneSource: "web-portal",
          since: "2026-11-25",
        },
      ],
    })),
  },
  "GET /v1/inspector/visits": {
    answer: inBothLanguages((words) => ({
      items: [{ ...visit, complaint: workQueueItemOf(words) }],
      nextCursor: cursor,
      people: { "inspector-1": inspectorName },
    })),
  },
  "GET /v1/inspector/complaints/{id}/deadlines": { answer: deadlinesExample },
  "GET /v1/inspector/complaints/{id}/attachments/{attachmentId}": { answer: inBothLanguages(downloadNamed) },
  "GET /v1/inspector/complaints/{id}/identity": {
    answer: inBothLanguages(({ citizen }) => ({ name: citizen, phone: "+989121234567" })),
  },
  "POST /v1/inspector/complaints/{id}/secret": {
    body: inBothLanguages(() => ({ nationalId: "0499370899" })),
    answer: inBothLanguages(() => ({ secret: "9H2C-0VXE", phoneSecret: "7714-0926-3358" })),
    takenAnswer: inBothLanguages(() => ({ confirmBy: exampleTimes.answered })),
  },
};

const actionExamples: Record<string, RouteExample> = {
  "POST /v1/inspector/complaints/{id}/claim": {
    body: inBothLanguages(() => ({})),
    answer: inBothLanguages(() => ({
      id,
      claim,
      takenFrom: { inspector: "inspector-2", at: exampleTimes.disputed, until: exampleTimes.lapsed },
    })),
  },
  "DELETE /v1/inspector/complaints/{id}/claim": { answer: inBothLanguages(() => ({ id })) },
  "POST /v1/inspector/complaints/{id}/visits": {
    body: inBothLanguages(() => ({ plannedAt: exampleTimes.planned })),
    answer: inBothLanguages((words) => {
      const { orderedAt: _, ...order } = visit;
      return { ...viewAfterEntry(words, { entry: { type: "visit-ordered", ...order }, visits: [visit] }), visitId };
    }),
  },
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/plan": {
    body: inBothLanguages(() => ({ plannedAt: exampleTimes.planned, inspector: colleague })),
    answer: inBothLanguages((words) => {
      const plan = { inspector: colleague, plannedAt: exampleTimes.planned };
      const entry = { type: "visit-planned", visitId, ...plan };
      return viewAfterEntry(words, { entry, visits: [{ ...visit, ...plan }] });
    }),
  },
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/cancellation": {
    body: inBothLanguages(({ cancellation: reason }) => ({ reason })),
    answer: inBothLanguages((words) => {
      const entry = { type: "visit-cancelled", visitId, reason: words.cancellation };
      return viewAfterEntry(words, { entry, visits: [{ ...visit, cancelledAt: exampleTimes.ended }] });
    }),
  },
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/report": {
    body: inBothLanguages(visitReport),
    answer: inBothLanguages((words) => {
      const last = { type: "visit-reported", visitId, ...visitReport(words) };
      return viewAfterAction(words, { last, visits: [{ ...visit, reportedAt: exampleTimes.ended }] });
    }),
  },
  "POST /v1/inspector/complaints/{id}/decision": {
    body: inBothLanguages(decisionOf),
    answer: inBothLanguages((words) =>
      viewAfterAction(words, { sets: closed("decided"), last: { type: "decided", ...decisionOf(words) } }),
    ),
  },
  "POST /v1/inspector/complaints/{id}/rejection": {
    body: inBothLanguages(({ rejection }) => ({ reason: "out-of-scope", text: rejection })),
    answer: inBothLanguages((words) =>
      viewAfterAction(words, {
        sets: closed("out-of-scope"),
        last: { type: "rejected", reason: "out-of-scope", text: words.rejection },
      }),
    ),
  },
  "POST /v1/inspector/complaints/{id}/transfer": {
    body: inBothLanguages(({ transfer }) => ({ toAgencyId: otherAgencyId, reason: transfer })),
    answer: inBothLanguages(viewAfterTransfer),
  },
  "POST /v1/inspector/complaints/{id}/actions/{n}/judgement": {
    body: inBothLanguages(({ promiseJudgement: text }) => ({ kept: true, text })),
    answer: inBothLanguages((words) => inspectorViewOf({ words, state: stateWithPromise(6), showsPromise: true })),
  },
  "POST /v1/inspector/complaints/{id}/messages": {
    body: inBothLanguages(({ question }) => ({ text: question })),
    answer: inBothLanguages((words) =>
      viewAfterAction(words, { last: { type: "message-posted", text: words.question } }),
    ),
  },
};

export const inspectorExamples = { ...readExamples, ...actionExamples };

export const overseerExamples: Record<string, RouteExample> = {
  "GET /v1/overseer/complaints": {
    answer: inBothLanguages((words) => ({ items: [escalatedItemOf(words)], nextCursor: cursor })),
  },
  "GET /v1/overseer/summary": {
    answer: inBothLanguages(() => {
      const { agencies } = summaryExample();
      const rows = agencies.map(({ id, name }) => ({ id, name, filed: 23, answeredInTime: 19 }));
      return { ...summaryExample(), weeks: [{ firstDay: "2026-11-07", lastDay: "2026-11-13", agencies: rows }] };
    }),
  },
  "GET /v1/overseer/complaints/{id}": { answer: inBothLanguages((words) => overseerViewOf(words)) },
  "POST /v1/overseer/complaints/{id}/directives": {
    body: inBothLanguages(({ directive: text, governor: by }) => ({ text, by })),
    answer: inBothLanguages((words) => {
      const { directive: text, governor: name } = words;
      const directive = { type: "directive-given", by: "overseer", at: exampleTimes.directed };
      return overseerViewOf(words, [{ version: 4, ...directive, text, authority: "county-governor", name }]);
    }),
  },
};
