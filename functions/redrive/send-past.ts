import { eventId } from "#shared/domain/complaint/event.ts";
import { agenciesTold } from "#shared/domain/telling/audience.ts";
import type { RedrivePeriod } from "#shared/domain/telling/redrive.ts";
import { clients, directory } from "#shared/province/slices.static.ts";
import { failureOf, log } from "#shared/runtime/log.ts";
import type { FedEvent } from "#shared/store/events/fed-event.ts";
import type { Feed } from "#shared/store/events/feeds.ts";
import { readPast } from "#shared/store/events/past-events.ts";
import { noteRedriven, noteUndelivered, readUndelivered } from "#shared/store/events/undelivered.ts";
import { undeliveredEvent, undeliveredPoison } from "#shared/store/events/undelivered-events.ts";
import { tell } from "../dispatch/tell.ts";
import { inTurns } from "../pipelines/in-turns.ts";

/** The feeds to walk for a period: every agency's, and the front ends' for events that no agency is told. */
export function feedsOf({ agencyId }: Pick<RedrivePeriod, "agencyId">): Feed[] {
  if (agencyId) return [{ agencyId }];
  const frontEnds = Object.keys(clients).filter((clientId) => clients[clientId]?.caller === "front-end");
  return [...directory.agencies.map(({ id }) => ({ agencyId: id })), ...frontEnds.map((clientId) => ({ clientId }))];
}

/** The next feed to walk; the first one again where this one has gone from the province meanwhile. */
export function feedAfter(feed: Feed, period: Pick<RedrivePeriod, "agencyId">): Feed | undefined {
  const all = feedsOf(period);
  return all[all.findIndex((one) => JSON.stringify(one) === JSON.stringify(feed)) + 1];
}

/** Whether an event is sent when this feed is walked: one that is in several feeds is sent from only one of them. */
function isToldFrom(feed: Feed, event: FedEvent, { agencyId }: Pick<RedrivePeriod, "agencyId">): boolean {
  if ("clientId" in feed) return agenciesTold(event).length === 0;
  return feed.agencyId === (agencyId ?? event.after.agencyId);
}

type Page = {
  feed: Feed;
  period: RedrivePeriod;
  from: Record<string, unknown> | undefined;
  limit: number;
  now: string;
};

/** Sends one page of a feed again. An event that cannot be sent is noted as undelivered; `lost` if that fails too. */
export async function sendPast({ feed, period, now, ...place }: Page) {
  const { events, poison, next } = await readPast({ feed, period, ...place });
  const told = events.filter((event) => isToldFrom(feed, event, period));
  const { sent, lost } = await sendInOrder(told, { only: period.agencyId, now });
  const unread = await inTurns(
    poison.map((one) => ({ id: one.pk, parked: undeliveredPoison(one, now) })),
    { message: "event neither sent nor noted", attendTo: async ({ parked }) => void (await noteUndelivered(parked)) },
  );
  await noteWhole(sent, { only: period.agencyId, now });
  return { sent: sent.length, failed: told.length - sent.length + poison.length, lost: lost + unread, next };
}

type Sending = { only: string | undefined; now: string };

/** Sends each complaint's events one after the other, in the order in which they happened. */
async function sendInOrder(told: FedEvent[], sending: Sending): Promise<{ sent: FedEvent[]; lost: number }> {
  const sent: FedEvent[] = [];
  const complaints = [...Map.groupBy(told, ({ complaintId }) => complaintId)];
  const lost = await inTurns(
    complaints.map(([id, events]) => ({ id, events })),
    {
      message: "event neither sent nor noted",
      attendTo: async ({ events }) => {
        for (const event of events) if (await sendOrNote(event, sending)) sent.push(event);
      },
    },
  );
  return { sent, lost };
}

async function sendOrNote(event: FedEvent, { only, now }: Sending): Promise<boolean> {
  try {
    await tell(event, only);
    return true;
  } catch (error) {
    const { complaintId, version } = event;
    const failure = failureOf(error);
    log.error("event not sent again", { complaintId, version, failure });
    await noteUndelivered(undeliveredEvent(event, now));
    return false;
  }
}

/** Takes undelivered events off the list that have now been sent to every agency they concern. */
async function noteWhole(sent: FedEvent[], { only, now }: Sending): Promise<void> {
  const whole = sent.filter((event) => agenciesTold(event).every((id) => id === (only ?? id)));
  const ids = whole.map(({ complaintId, version }) => eventId(complaintId, version));
  for (const undelivered of await readUndelivered(ids)) await noteRedriven(undelivered, now);
}
