import * as z from "zod";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { readParked } from "#shared/store/events/parked-records.ts";
import { noteUndelivered } from "#shared/store/events/undelivered.ts";
import { queue } from "../pipelines/queue.ts";

/** What the rule lets through of an event about the bucket: which object was parked. */
const ParkedObject = z.object({ key: z.string() });

/** Notes each event that was parked, so that an admin sees it and can have it sent again. */
export const handler = queue({
  from: "PARKED_QUEUE",
  message: ParkedObject,
  async consume({ key }) {
    for (const undelivered of await readParked(key)) {
      const { eventId, type, agencyIds } = undelivered;
      const outcome = await noteUndelivered(undelivered);
      log.error(logEvents.eventUndelivered, { eventId, type, agencyIds, outcome });
    }
  },
});
