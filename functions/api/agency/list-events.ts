import { route } from "#functions/pipelines/route.ts";
import { CloudEvent, cloudEvent } from "#shared/messaging/cloud-event.ts";
import { eventOrigin } from "#shared/province/slices.static.ts";
import { readFeed } from "#shared/store/events/feeds.ts";
import { Following, feedPageOf } from "../any-caller/lists.ts";

/**
 * GET /v1/agency/events: the queue's events half a minute later, for agencies that have no queue or lost some of them.
 */
export const listEventsAsAgency = route({
  caller: "agency",
  summary: { en: "Read the agency's events in order", fa: "رویدادهای دستگاه به ترتیب زمان" },
  query: Following,
  answer: { status: 200, schema: feedPageOf(CloudEvent).meta({ id: "AgencyEventPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { agencyId }, query, now }) {
    const { events, more } = await readFeed({ feed: { agencyId }, ...query, now });
    const items = events.map((event) => cloudEvent({ origin: eventOrigin, complaintId: event.complaintId, event }));
    return { status: 200, body: { items, nextCursor: more ? items.at(-1)?.id : undefined } };
  },
});
