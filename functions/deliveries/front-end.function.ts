import * as z from "zod";
import { Status } from "#shared/complaints/complaint.ts";
import { EventId } from "#shared/complaints/event.ts";
import { ComplaintId } from "#shared/identifier.ts";
import { subscriberOf } from "#shared/province/clients.ts";
import { Instant } from "#shared/time/calendar.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { FeedPaging, feedPageOf } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { FrontEndFeedEvent } from "./cloud-event.ts";
import { readFeed } from "./feeds.store.ts";
import {
  OwnWebhookView,
  ownWebhookView,
  ResumeBody,
  readWebhookOf,
  resumeWebhookSubscription,
} from "./webhook-requests.api.ts";

/** One event of a complaint, as the front end that filed the complaint sees it. */
export const FilingEvent = z.object({
  id: EventId,
  complaintId: ComplaintId,
  type: z.string(),
  time: Instant,
  status: Status,
});

function filingEventOf({ frontEndEventId, complaintId, type, at, after }: FrontEndFeedEvent) {
  return { id: frontEndEventId, complaintId, type, time: at, status: after.status };
}

/**
 * GET /v1/front-end/events: the events of the complaints that this front end filed. A call centre learns from them when to
 * call a citizen back.
 */
export const listEventsAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Read what happened to one's own filings", fa: "رویدادهای شکایت‌های ثبت‌شدهٔ همین درگاه" },
  query: FeedPaging,
  answer: { status: 200, schema: feedPageOf(FilingEvent).meta({ id: "FrontEndEventPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { clientId }, query, now }) {
    const { events, more } = await readFeed(FrontEndFeedEvent, { feed: { clientId }, ...query, now });
    const items = events.map(filingEventOf);
    return { status: 200, body: { items, nextCursor: more ? items.at(-1)?.id : undefined } };
  },
});

/** GET /v1/front-end/webhook: the state of the caller's own webhook, and its last attempts. */
export const readWebhookAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Read where one's own webhook stands", fa: "وضعیت ارسال به وب‌هوک همین درگاه" },
  answer: { status: 200, schema: OwnWebhookView.meta({ id: "OwnWebhook" }) },
  problems: ["not-found"],
  async run({ principal: { clientId }, now }) {
    const own = await readWebhookOf({ subscriber: subscriberOf({ clientId }), now });
    return { status: 200, body: ownWebhookView(own, now) };
  },
});

/**
 * POST /v1/front-end/webhook/resume: resumes the caller's own webhook after the last accepted event, or after the event
 * that the body names.
 */
export const resumeWebhookAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Resume one's own webhook", fa: "ازسرگیری ارسال به وب‌هوک همین درگاه" },
  body: ResumeBody,
  answer: { status: 200, schema: OwnWebhookView.meta({ id: "OwnWebhook" }) },
  problems: ["not-found", "idempotency-key-reused"],
  async run({ principal: { clientId }, body: { after }, idempotencyKey, now }) {
    const own = await resumeWebhookSubscription({ subscriber: subscriberOf({ clientId }), after, idempotencyKey, now });
    return { status: 200, body: ownWebhookView(own, now) };
  },
});

/** The routes of front ends, except filing, which is a function of its own (file-complaint.function.ts). */
export const routes = {
  "GET /v1/front-end/events": listEventsAsFrontEnd,
  "GET /v1/front-end/webhook": readWebhookAsFrontEnd,
  "POST /v1/front-end/webhook/resume": resumeWebhookAsFrontEnd,
};
export const handler = serve({ routes, authenticate: authenticateByToken("front-end") });
