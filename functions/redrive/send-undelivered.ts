import { Fault } from "#shared/domain/fault.ts";
import { failureOf, log } from "#shared/runtime/log.ts";
import { noteRedriven, type Undelivered } from "#shared/store/events/undelivered.ts";
import { readEvent } from "#shared/store/events/undelivered-events.ts";
import { tell } from "../dispatch/tell.ts";
import { inTurns } from "../pipelines/in-turns.ts";

/** Sends undelivered events again, each complaint's in order; one that cannot be sent stays on the list. */
export async function sendUndelivered(all: Undelivered[], now: string): Promise<{ sent: number; failed: number }> {
  const complaints = Map.groupBy(all, ({ eventId, place }) => place?.pk ?? eventId);
  let sent = 0;
  const attendTo = async ({ events }: { events: Undelivered[] }) => {
    for (const undelivered of events) if (await sendAgain(undelivered, now)) sent++;
  };
  const groups = [...complaints].map(([id, events]) => ({ id, events }));
  await inTurns(groups, { message: "event not sent again", attendTo });
  return { sent, failed: all.length - sent };
}

async function sendAgain(undelivered: Undelivered, now: string): Promise<boolean> {
  const { eventId, place } = undelivered;
  try {
    if (!place) throw new Fault("unavailable");
    await tell(await readEvent(place));
    await noteRedriven(undelivered, now);
    return true;
  } catch (error) {
    log.error("event not sent again", { eventId, failure: failureOf(error) });
    return false;
  }
}
