import * as z from "zod";
import { readParkedRecords, recordUndelivered } from "#shared/persistence/delivery/undelivered-events.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { queue } from "../triggers/queue.ts";

/** What the rule lets through of an event about the bucket: which object was parked. */
const ParkedObject = z.object({ key: z.string() });

/** Notes each event that was parked, so that an admin sees it and can have it sent again. */
export const handler = queue({
  from: "PARKED_QUEUE",
  message: ParkedObject,
  async consume({ key }) {
    for (const undelivered of await readParkedRecords(key)) {
      const { eventId, type, agencyIds } = undelivered;
      const outcome = await recordUndelivered(undelivered);
      log.error(logEvents.eventUndelivered, { eventId, type, agencyIds, outcome });
    }
  },
});
