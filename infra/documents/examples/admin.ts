import { cast, times } from "./cast.ts";
import type { RouteExample } from "./route-example.ts";
import { cursor } from "./views.ts";
import { told, type Words } from "./words.ts";

const { id, agencyId, countyId } = cast;
const open = { intervals: [{ from: "08:00", to: "13:00" }], why: "open" };

/** A day on which one county is closed and the rest of the province works. */
const closedInOneCounty = told(({ hours }) => ({
  date: "2026-12-01",
  province: open,
  counties: [{ countyId, intervals: [], why: "closed", reason: hours }],
  moving: true,
}));

/** What every view of a webhook that stopped tells. */
export const stoppedWebhook = {
  state: "stopped",
  cursor: `${id}/1`,
  failures: 1,
  failingSince: times.answered,
  nextTryAt: times.answered,
  stopped: { at: times.answered, because: "gone" },
  generation: 1,
  attempts: [
    { at: times.filed, eventId: `${id}/1`, tookMs: 140, status: 204 },
    { at: times.answered, eventId: `${id}/2`, tookMs: 90, status: 410 },
  ],
};
const { stopped: _, failingSince: __, ...others } = stoppedWebhook;
/** As it is once somebody resumed it. */
export const resumedWebhook = { ...others, state: "validating", failures: 0, nextTryAt: times.ended };
const whose = { subscriber: `agency:${agencyId}`, url: "https://foad.office.example/events" };
const { attempts: ___, ...standing } = stoppedWebhook;
const byAdmin = { client: "admins-application", person: "admin-1" };
const shut = { intervals: [] };

const undelivered = {
  eventId: `${id}/2`,
  type: "acknowledged",
  time: times.acknowledged,
  agencyIds: [agencyId],
  parkedAt: times.answered,
};

const heldExample = ({ hold }: Words) => ({ id, held: true, since: times.ended, reason: hold });

export const adminExamples: Record<string, RouteExample> = {
  "GET /v1/admin/office-hours/{date}": { answer: closedInOneCounty },
  "PUT /v1/admin/office-hours/{date}": {
    body: told(({ hours }) => ({ countyId, closed: true, reason: hours })),
    answer: closedInOneCounty,
  },
  "DELETE /v1/admin/office-hours/{date}": {
    answer: told(() => ({ date: "2026-12-01", province: open, counties: [], moving: true })),
  },
  "GET /v1/admin/deliveries": {
    answer: told(() => ({ items: [undelivered], webhooks: [{ ...whose, ...standing }], nextCursor: cursor })),
  },
  "GET /v1/admin/deliveries/{subscriber}": { answer: told(() => ({ ...whose, ...stoppedWebhook })) },
  "POST /v1/admin/deliveries/{subscriber}/resume": {
    body: told(() => ({})),
    answer: told(() => ({ ...whose, ...resumedWebhook })),
  },
  "PUT /v1/admin/deliveries/{subscriber}/secret": {
    body: told(() => ({ generation: 2 })),
    answer: told(() => ({
      generation: 2,
      secret: "whsec_Zm9hZCAxMjg6IGFuIGV4YW1wbGUgYW5kIG5vIHNlY3I=",
      previousUntil: times.ended,
    })),
  },
  "GET /v1/admin/audit": {
    answer: told(({ hours }) => ({
      items: [
        {
          type: "identity-read",
          at: times.ended,
          client: "inspectors-application",
          person: "inspector-1",
          complaintId: id,
        },
        {
          type: "office-hours-set",
          at: times.answered,
          ...byAdmin,
          date: "2026-12-01",
          countyId,
          ...shut,
          reason: hours,
        },
      ],
      nextCursor: cursor,
    })),
  },
  "GET /v1/admin/identity-limits": {
    answer: told(() => ({ items: [{ sub: "inspector-1", reads: 100, blockedAt: times.answered }] })),
  },
  "DELETE /v1/admin/identity-limits/{sub}": { answer: told(() => ({ sub: "inspector-1", lifted: true })) },
  "GET /v1/admin/holds/{id}": { answer: told(heldExample) },
  "PUT /v1/admin/holds/{id}": { body: told(({ hold }) => ({ reason: hold })), answer: told(heldExample) },
  "DELETE /v1/admin/holds/{id}": {
    body: told(({ lifting }) => ({ reason: lifting })),
    answer: told(() => ({ id, held: false })),
  },
  "POST /v1/admin/deliveries/redrive": {
    body: told(() => ({ since: times.filed, until: times.answered, agencyId })),
    answer: told(() => ({
      ordered: { since: times.filed, until: times.answered, agencyId },
      orderedAt: times.ended,
    })),
  },
};
