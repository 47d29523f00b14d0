import { filingNotes } from "#shared/complaints/text-masker.store.ts";
import { resumedWebhook, stoppedWebhook } from "./admin.ts";
import { answeredState, citizenViewOf } from "./complaint-views.ts";
import { exampleIds, exampleTimes, inBothLanguages, type RouteExample } from "./example-values.ts";

const { id, callId, phoneId, frontEndEventId, secret, phoneSecret, agencyId, countyId, officeId, category } =
  exampleIds;
const { filed: filedAt, acknowledgeBy, answerBy, confirmBy } = exampleTimes;

/** A silent citizen who was called on one day and could not be reached. */
const callback = (person: { language: string; name: string }) => ({
  callId,
  phone: "+989121234567",
  ...person,
  hasDigits: true,
  daysTried: 1,
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
      citizen: {
        name: citizen,
        phone: "09121234567",
        shareWithAgency: false,
        mayBeCalled: true,
        callDigits: "4031",
        notifyBySms: true,
      },
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
    answer: inBothLanguages(({ language, citizen }) => ({ items: [callback({ language, name: citizen })] })),
  },
  "POST /v1/front-end/calls/{callId}/opening": {
    body: inBothLanguages(() => ({ digits: "4031" })),
    answer: inBothLanguages(({ action }) => ({
      callId,
      agencyId,
      category,
      filedAt,
      purpose: "opinion",
      group: "silent",
      answer: { finding: "founded", actions: [{ text: action, dueOn: "2026-12-20" }], disputeBy: confirmBy },
    })),
  },
  "POST /v1/front-end/calls/{callId}": {
    body: inBothLanguages(({ comment }) => ({
      outcome: "answered",
      opinion: { solved: "partly", handling: 4, pressured: false, comment },
    })),
    answer: inBothLanguages(() => ({ callId, daysTried: 1, callAgain: false })),
  },
  "POST /v1/front-end/calls/{callId}/issue-answer": {
    body: inBothLanguages(() => ({ answer: "yes" })),
    answer: inBothLanguages(() => ({ callId, daysTried: 0, callAgain: false })),
  },
  "POST /v1/front-end/calls/{callId}/dispute": {
    body: inBothLanguages(({ dispute }) => ({ reason: dispute })),
    answer: inBothLanguages(() => ({ callId, status: "disputed" })),
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
