import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Status } from "#shared/domain/complaint/complaint.ts";
import { EventId, eventId } from "#shared/domain/complaint/event.ts";
import { ComplaintId } from "#shared/domain/complaint/identifier.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { readFeed } from "#shared/store/events/feeds.ts";
import { Following, feedPageOf } from "../any-caller/lists.ts";

/** What a front end is told of a complaint that it filed. */
export const FilingEvent = z.object({
  id: EventId,
  complaintId: ComplaintId,
  version: z.int(),
  type: z.string(),
  time: Instant,
  status: Status,
});

/**
 * GET /v1/front-end/events: the events of complaints that this front end filed, so that a call centre can call back.
 */
export const listEventsAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Read what happened to one's own filings", fa: "رویدادهای شکایت‌های ثبت‌شدهٔ همین درگاه" },
  query: Following,
  answer: { status: 200, schema: feedPageOf(FilingEvent).meta({ id: "FrontEndEventPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { clientId }, query, now }) {
    const { events, more } = await readFeed({ feed: { clientId }, ...query, now });
    const items = events.map(({ complaintId, version, type, at, after: { status } }) => ({
      id: eventId(complaintId, version),
      complaintId,
      version,
      type,
      time: at,
      status,
    }));
    return { status: 200, body: { items, nextCursor: more ? items.at(-1)?.id : undefined } };
  },
});
