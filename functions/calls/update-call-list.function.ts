import { logEvents } from "#shared/runtime/log-events.ts";
import { stream } from "../deliveries/stream.job.ts";
import { updateCallList } from "./call-list.store.ts";

/** Puts a complaint whose citizen may be called on the call list when it is answered, and again when it is closed. */
export const handler = stream(
  async (event) => {
    if ("complaintId" in event) await updateCallList(event.complaintId, new Date().toISOString());
  },
  { failure: logEvents.callListNotUpdated },
);
