import { filingNotes } from "#functions/api/wording/filing-notes.ts";
import { resumedWebhook, stoppedWebhook } from "./admin.ts";
import { cast, times } from "./cast.ts";
import type { RouteExample } from "./route-example.ts";
import { told } from "./words.ts";

const { id, secret, agencyId, countyId, officeId, category } = cast;
const { filed: filedAt, acknowledgeBy, answerBy } = times;

/** A silent citizen, who was rung in vain on one day. */
const callback = (person: { language: string; name: string }) => ({
  id,
  phone: "+989121234567",
  ...person,
  agencyId,
  category,
  callBefore: times.confirmBy,
  tries: 1,
  group: "silent",
});

export const frontEndExamples: Record<string, RouteExample> = {
  "POST /v1/complaints": {
    body: told(({ language, description, employee, desk, citizen }) => ({
      agencyId,
      countyId,
      officeId,
      category,
      description,
      occurredAt: times.occurred,
      employee: { name: employee, desk },
      channel: "phone",
      language,
      citizen: { name: citizen, phone: "09121234567", shareWithAgency: false, mayBeCalled: true },
    })),
    answer: told(() => ({
      id,
      status: "filed",
      version: 1,
      filedAt,
      acknowledgeBy,
      answerBy,
      secret,
      notes: filingNotes,
    })),
  },
  "GET /v1/front-end/callbacks": {
    answer: told(({ language, citizen }) => ({ items: [callback({ language, name: citizen })] })),
  },
  "POST /v1/front-end/callbacks/{id}": {
    body: told(({ comment }) => ({
      outcome: "answered",
      opinion: { solved: "partly", handling: 4, pressed: false, comment },
    })),
    answer: told(() => ({ id, tries: 1, callAgain: false })),
  },
  "POST /v1/front-end/callbacks/{id}/dispute": {
    body: told(({ dispute }) => ({ reason: dispute })),
    answer: told(() => ({ id, status: "disputed" })),
  },
  "GET /v1/front-end/deliveries": { answer: told(() => ({ host: "foad.office.example", ...stoppedWebhook })) },
  "POST /v1/front-end/deliveries/resume": {
    body: told(() => ({})),
    answer: told(() => ({ host: "foad.office.example", ...resumedWebhook })),
  },
  "GET /v1/front-end/events": {
    answer: told(() => ({
      items: [{ id: `${id}/1`, complaintId: id, version: 1, type: "filed", time: filedAt, status: "filed" }],
      nextCursor: `${id}/1`,
    })),
  },
};
