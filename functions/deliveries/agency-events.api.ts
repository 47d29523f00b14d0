import { Fault } from "#shared/fault.ts";
import { subscriberOf } from "#shared/province/clients.ts";
import { eventOrigin } from "#shared/province/slices.static.ts";
import { SentInstant } from "#shared/time/calendar.ts";
import { FeedPaging, feedPageOf } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { AgencyCloudEvent, agencyCloudEvent } from "./cloud-event.ts";
import { AgencyFeedEvent, readFeed } from "./feeds.store.ts";
import {
  OwnWebhookView,
  ownWebhookView,
  ResumeBody,
  readWebhookOf,
  resumeWebhookSubscription,
} from "./webhook-requests.api.ts";

/**
 * GET /v1/agency/events: the events that the agency's queue gets, half a minute later. For agencies that read no queue, or that
 * lost messages. `since`: the beginning for a caller that has no event yet; `after` takes precedence.
 */
export const listEventsAsAgency = route({
  caller: "agency",
  summary: { en: "Read the agency's events in order", fa: "رویدادهای دستگاه به ترتیب زمان" },
  query: FeedPaging.extend({ since: SentInstant.optional() }),
  answer: { status: 200, schema: feedPageOf(AgencyCloudEvent).meta({ id: "AgencyEventPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { agencyId }, query, now }) {
    const { events, more } = await readFeed(AgencyFeedEvent, { feed: { agencyId }, ...query, now });
    const items = events.map((event) => agencyCloudEvent({ origin: eventOrigin, event }));
    return { status: 200, body: { items, nextCursor: more ? items.at(-1)?.id : undefined } };
  },
});

/** GET /v1/agency/webhook: the state of the caller's own webhook, and its last attempts. */
export const readWebhookAsAgency = route({
  caller: "agency",
  summary: { en: "Read where one's own webhook stands", fa: "وضعیت ارسال به وب‌هوک همین دستگاه" },
  answer: { status: 200, schema: OwnWebhookView.meta({ id: "OwnWebhook" }) },
  problems: ["not-found"],
  async run({ principal: { agencyId }, now }) {
    const own = await readWebhookOf({ subscriber: subscriberOf({ agencyId }), now });
    return { status: 200, body: ownWebhookView(own, now) };
  },
});

/**
 * POST /v1/agency/webhook/resume: resumes the caller's own webhook after the last accepted event, or after the event that
 * the body names.
 */
export const resumeWebhookAsAgency = route({
  caller: "agency",
  summary: { en: "Resume one's own webhook", fa: "ازسرگیری ارسال به وب‌هوک همین دستگاه" },
  body: ResumeBody,
  answer: { status: 200, schema: OwnWebhookView.meta({ id: "OwnWebhook" }) },
  problems: ["not-found", "not-allowed", "idempotency-key-reused"],
  async run({ principal: { agencyId, person }, body: { after }, idempotencyKey, now }) {
    // An officer has no part in how the agency's program receives events.
    if (person !== undefined) throw new Fault("not-allowed");
    const own = await resumeWebhookSubscription({ subscriber: subscriberOf({ agencyId }), after, idempotencyKey, now });
    return { status: 200, body: ownWebhookView(own, now) };
  },
});
