import { filingNotes } from "#shared/complaints/text-masker.store.ts";
import { resumedWebhook, stoppedWebhook } from "./admin.ts";
import { answeredState, citizenViewOf } from "./complaint-views.ts";
import { exampleIds, exampleTimes, inBothLanguages, type RouteExample } from "./example-values.ts";

const { id, phoneId, frontEndEventId, secret, phoneSecret, agencyId, countyId, officeId, category } = exampleIds;
const { filed: filedAt, acknowledgeBy, answerBy } = exampleTimes;

/** A silent citizen who was called on one day and could not be reached. */
const callback = (person: { language: string; name: string }) => ({
  id,
  phone: "+989121234567",
  ...person,
  agencyId,
  category,
  purpose: "opinion",
  callBefore: exampleTimes.confirmBy,
  daysTried: 1,
  group: "silent",
});

export const frontEndExamples: Record<string, RouteExample> = {
  "POST /v1/complaints": {
    body: inBothLanguages(({ language, description, employee, counter, citizen }) => ({
      agencyId,
      countyId,
      officeId,
      category,
      description,
      occurredAt: exampleTimes.occurred,
      employee: { name: employee, counter },
      channel: "phone",
      language,
      citizen: { name: citizen, phone: "09121234567", shareWithAgency: false, mayBeCalled: true, notifyBySms: true },
    })),
    answer: inBothLanguages(() => ({
      id,
      status: "filed",
      version: 1,
      filedAt,
      acknowledgeBy,
      answerBy,
      phoneId,
      secret,
      phoneSecret,
      notes: filingNotes,
    })),
  },
  "GET /v1/front-end/calls": {
    answer: inBothLanguages(({ language, citizen, issueTitle }) => {
      const { group: _group, ...aboutIssue } = callback({ language, name: citizen });
      const call = { ...aboutIssue, purpose: "issue", daysTried: 0, issueTitle };
      return { items: [callback({ language, name: citizen }), call] };
    }),
  },
  "POST /v1/front-end/calls/{id}": {
    body: inBothLanguages(({ comment }) => ({
      outcome: "answered",
      opinion: { solved: "partly", handling: 4, pressured: false, comment },
    })),
    answer: inBothLanguages(() => ({ id, daysTried: 1, callAgain: false })),
  },
  "POST /v1/front-end/calls/{id}/issue-answer": {
    body: inBothLanguages(() => ({ answer: "yes" })),
    answer: inBothLanguages(() => ({ id, daysTried: 0, callAgain: false })),
  },
  "POST /v1/front-end/calls/{id}/dispute": {
    body: inBothLanguages(({ dispute }) => ({ reason: dispute })),
    answer: inBothLanguages(() => ({ id, status: "disputed" })),
  },
  "GET /v1/front-end/complaints/{id}": {
    answer: inBothLanguages((words) => citizenViewOf({ words, state: answeredState })),
  },
  "GET /v1/front-end/webhook": {
    answer: inBothLanguages(() => ({ host: "foad.office.example", ...stoppedWebhook })),
  },
  "POST /v1/front-end/webhook/resume": {
    body: inBothLanguages(() => ({})),
    answer: inBothLanguages(() => ({ host: "foad.office.example", ...resumedWebhook })),
  },
  "GET /v1/front-end/events": {
    answer: inBothLanguages(() => ({
      items: [{ id: frontEndEventId, complaintId: id, type: "filed", time: filedAt, status: "filed" }],
      nextCursor: frontEndEventId,
    })),
  },
};
