import * as z from "zod";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { queue } from "../triggers/queue.ts";
import { readParkedRecords, recordUndelivered } from "./undelivered-events.store.ts";

/** The message that the EventBridge rule makes of a bucket event: the key of the parked object. */
const ParkedObject = z.object({ key: z.string() });

/** Records each parked event as undelivered, so that an admin sees it and can have it sent again. */
export const handler = queue({
  from: "FAILED_RECORDS_QUEUE",
  message: ParkedObject,
  async consume({ key }) {
    for (const undelivered of await readParkedRecords(key)) {
      const { eventId, type, agencyIds } = undelivered;
      const outcome = await recordUndelivered(undelivered);
      log.error(logEvents.eventUndelivered, { eventId, type, agencyIds, outcome });
    }
  },
});
