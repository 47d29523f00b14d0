import { bucketFolders } from "#shared/runtime/keys.ts";
import {
  acknowledgedState,
  answeredState,
  citizenViewOf,
  disputedState,
  stateAfter,
  stateWithPromise,
} from "./complaint-views.ts";
import {
  deadlinesExample,
  downloadNamed,
  type ExampleWords,
  exampleIds,
  exampleTimes,
  inBothLanguages,
  photo,
  type RouteExample,
} from "./example-values.ts";

const { id, attachmentId } = exampleIds;

type Ending = { type: string; closure: string } & Record<string, unknown>;

function ended(words: ExampleWords, { closure, ...last }: Ending) {
  const state = stateAfter(answeredState, { status: "closed", closure });
  return citizenViewOf({ words, state, last: { at: exampleTimes.ended, by: "citizen", ...last } });
}

const opinionOf = ({ comment }: ExampleWords) => ({ solved: "yes", handling: 5, pressured: false, comment });

/** The form with which a browser sends the file. */
const upload = {
  attachmentId,
  url: "https://attachments.foad.example/",
  fields: {
    key: `${bucketFolders.uploads}${id}/${attachmentId}`,
    "Content-Type": "image/jpeg",
    policy: "eyJleHBpcmF0aW9uIjoi…",
  },
  expiresAt: "2026-11-25T07:30:00.000Z",
};

export const citizenExamples: Record<string, RouteExample> = {
  "GET /v1/complaints/{id}": { answer: inBothLanguages((words) => citizenViewOf({ words, state: answeredState })) },
  "GET /v1/complaints/{id}/deadlines": { answer: deadlinesExample },
  "GET /v1/complaints/{id}/export": {
    answer: inBothLanguages((words) => ({
      exportedAt: exampleTimes.ended,
      complaint: {
        ...citizenViewOf({ words, state: answeredState }),
        allowedMoves: undefined,
        blockedMoves: undefined,
      },
      filing: {
        officeId: exampleIds.officeId,
        occurredAt: exampleTimes.occurred,
        employee: { name: words.employee, counter: words.counter },
        language: words.language,
      },
      identityKept: true,
      ...deadlinesExample.fa,
    })),
  },
  "POST /v1/complaints/{id}/messages": {
    body: inBothLanguages(({ message }) => ({ text: message })),
    answer: inBothLanguages((words) =>
      citizenViewOf({
        words,
        state: stateAfter(acknowledgedState),
        last: { type: "message-posted", at: exampleTimes.answered, by: "citizen", text: words.message },
      }),
    ),
  },
  "POST /v1/complaints/{id}/attachments": {
    body: inBothLanguages(({ fileName }) => ({ fileName, ...photo })),
    answer: inBothLanguages(() => upload),
  },
  "GET /v1/complaints/{id}/attachments/{attachmentId}": { answer: inBothLanguages(downloadNamed) },
  "POST /v1/complaints/{id}/acceptance": {
    body: inBothLanguages(() => ({})),
    answer: inBothLanguages((words) => ended(words, { type: "accepted", closure: "accepted" })),
  },
  "POST /v1/complaints/{id}/opinion": {
    body: inBothLanguages(opinionOf),
    answer: inBothLanguages((words) => {
      const entry = { type: "opinion-given", at: exampleTimes.ended, by: "citizen", ...opinionOf(words) };
      const view = citizenViewOf({ words, state: answeredState, confidentialEntry: entry });
      return { ...view, opinion: { ...opinionOf(words), at: exampleTimes.ended } };
    }),
  },
  "POST /v1/complaints/{id}/dispute": {
    body: inBothLanguages(({ dispute }) => ({ reason: dispute })),
    answer: inBothLanguages((words) => citizenViewOf({ words, state: disputedState })),
  },
  "POST /v1/complaints/{id}/consent": {
    body: inBothLanguages(() => ({ shareWithAgency: true })),
    answer: inBothLanguages((words) => {
      const { agencyId } = acknowledgedState;
      const entry = { type: "consent-given", at: exampleTimes.ended, by: "citizen", agencyId, transferCount: 0 };
      return citizenViewOf({ words, state: acknowledgedState, confidentialEntry: entry });
    }),
  },
  "DELETE /v1/complaints/{id}/identity": {
    answer: inBothLanguages((words) => {
      const entry = { type: "identity-erased", at: exampleTimes.ended, by: "citizen" };
      return citizenViewOf({ words, state: acknowledgedState, confidentialEntry: entry });
    }),
  },
  "POST /v1/complaints/{id}/actions/{n}/objection": {
    body: inBothLanguages(({ objection }) => ({ text: objection })),
    answer: inBothLanguages((words) => citizenViewOf({ words, state: stateWithPromise(5), showsPromise: true })),
  },
  "POST /v1/complaints/{id}/withdrawal": {
    body: inBothLanguages(({ withdrawal }) => ({ reason: withdrawal })),
    answer: inBothLanguages((words) =>
      ended(words, { type: "withdrawn", closure: "withdrawn", reason: words.withdrawal }),
    ),
  },
};
