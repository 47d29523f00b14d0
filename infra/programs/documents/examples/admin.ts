import { cursor } from "./complaint-views.ts";
import {
  type ExampleWords,
  exampleIds,
  exampleTimes,
  inBothLanguages,
  inspectorName,
  personSub,
  type RouteExample,
} from "./example-values.ts";

const { id, agencyId, countyId } = exampleIds;
const open = { intervals: [{ from: "08:00", to: "13:00" }], dayType: "open" };

/** A day on which one county is closed and the rest of the province works. */
const closedInOneCounty = inBothLanguages(({ hours }) => ({
  date: "2026-12-01",
  province: open,
  counties: [{ countyId, intervals: [], dayType: "closed", reason: { fa: hours } }],
  deadlinesPending: true,
}));

/** An official, as the examples register one. */
const person = { name: "الهام نوری", roles: [{ role: "officer", agencyId, personnelId: "1024" }] };
const registered = { sub: personSub, version: 1, ...person };
const adminName = "سارا رستمی";

/** The fields that all views of a stopped webhook share. */
export const stoppedWebhook = {
  state: "stopped",
  lastEventId: `${id}/1`,
  consecutiveFailures: 1,
  failingSince: exampleTimes.answered,
  nextAttemptAt: exampleTimes.answered,
  stopped: { at: exampleTimes.answered, reason: "gone" },
  secretVersion: 1,
  attempts: [
    { at: exampleTimes.filed, eventId: `${id}/1`, durationMs: 140, status: 204 },
    { at: exampleTimes.answered, eventId: `${id}/2`, durationMs: 90, status: 410 },
  ],
};
const { stopped: _stopped, failingSince: _failingSince, ...others } = stoppedWebhook;
/** The same webhook after it was resumed. */
export const resumedWebhook = {
  ...others,
  state: "validating",
  consecutiveFailures: 0,
  nextAttemptAt: exampleTimes.ended,
};
const owner = { subscriber: `agency:${agencyId}`, url: "https://foad.office.example/events" };
const { attempts: _attempts, ...withoutAttempts } = stoppedWebhook;
const byAdmin = { clientId: "admins-application", person: "admin-1" };
const closedAllDay = { intervals: [] };

const undelivered = {
  eventId: `${id}/2`,
  type: "acknowledged",
  time: exampleTimes.acknowledged,
  agencyIds: [agencyId],
  failedAt: exampleTimes.answered,
};

const heldExample = ({ hold }: ExampleWords) => ({ id, held: true, since: exampleTimes.ended, reason: hold });

export const adminExamples: Record<string, RouteExample> = {
  "GET /v1/admin/office-hours/{date}": { answer: closedInOneCounty },
  "PUT /v1/admin/office-hours/{date}": {
    body: inBothLanguages(({ hours }) => ({ countyId, closed: true, reason: hours })),
    answer: closedInOneCounty,
  },
  "DELETE /v1/admin/office-hours/{date}": {
    answer: inBothLanguages(() => ({ date: "2026-12-01", province: open, counties: [], deadlinesPending: true })),
  },
  "GET /v1/admin/deliveries": {
    answer: inBothLanguages(() => ({
      items: [undelivered],
      webhooks: [{ ...owner, ...withoutAttempts }],
      nextCursor: cursor,
    })),
  },
  "GET /v1/admin/webhooks/{subscriber}": { answer: inBothLanguages(() => ({ ...owner, ...stoppedWebhook })) },
  "POST /v1/admin/webhooks/{subscriber}/resume": {
    body: inBothLanguages(() => ({})),
    answer: inBothLanguages(() => ({ ...owner, ...resumedWebhook })),
  },
  "PUT /v1/admin/webhooks/{subscriber}/secret": {
    body: inBothLanguages(() => ({ secretVersion: 2 })),
    answer: inBothLanguages(() => ({
      secretVersion: 2,
      secret: "whsec_Zm9hZCAxMjg6IGFuIGV4YW1wbGUgYW5kIG5vIHNlY3I=",
      previousSecretUntil: exampleTimes.ended,
    })),
  },
  "GET /v1/admin/audit": {
    answer: inBothLanguages(({ hours }) => ({
      items: [
        {
          type: "identity-read",
          at: exampleTimes.ended,
          clientId: "inspectors-application",
          person: "inspector-1",
          names: { "inspector-1": inspectorName },
          complaintId: id,
        },
        {
          type: "office-hours-set",
          at: exampleTimes.answered,
          ...byAdmin,
          names: { admin: adminName },
          date: "2026-12-01",
          countyId,
          ...closedAllDay,
          reason: hours,
        },
      ],
      nextCursor: cursor,
    })),
  },
  "GET /v1/me": { answer: inBothLanguages(() => ({ sub: personSub, ...person })) },
  "GET /v1/admin/people": {
    answer: inBothLanguages(() => ({ items: [registered], nextCursor: cursor })),
  },
  "PUT /v1/admin/people/{sub}": {
    body: inBothLanguages(() => person),
    answer: inBothLanguages(() => registered),
  },
  "GET /v1/admin/people/{sub}": { answer: inBothLanguages(() => registered) },
  "DELETE /v1/admin/people/{sub}": { answer: inBothLanguages(() => ({ sub: personSub, removed: true })) },
  "GET /v1/admin/identity-limits": {
    answer: inBothLanguages(() => ({
      items: [{ sub: "inspector-1", readCount: 100, blockedAt: exampleTimes.answered }],
    })),
  },
  "DELETE /v1/admin/identity-limits/{sub}": { answer: inBothLanguages(() => ({ sub: "inspector-1", lifted: true })) },
  "GET /v1/admin/holds/{id}": { answer: inBothLanguages(heldExample) },
  "PUT /v1/admin/holds/{id}": {
    body: inBothLanguages(({ hold }) => ({ reason: hold })),
    answer: inBothLanguages(heldExample),
  },
  "DELETE /v1/admin/holds/{id}": {
    body: inBothLanguages(({ lifting }) => ({ reason: lifting })),
    answer: inBothLanguages(() => ({ id, held: false })),
  },
  "POST /v1/admin/deliveries/redrive": {
    body: inBothLanguages(() => ({ since: exampleTimes.filed, until: exampleTimes.answered, agencyId })),
    answer: inBothLanguages(() => ({
      order: { since: exampleTimes.filed, until: exampleTimes.answered, agencyId },
      orderedAt: exampleTimes.ended,
    })),
  },
};
