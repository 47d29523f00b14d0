import { updateCallList } from "#shared/persistence/complaints/call-backs.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { stream } from "../triggers/stream.ts";

/** After each event: updates the complaint's place on the call list. A drawn complaint is listed once it is answered or closed. */
export const handler = stream(({ complaintId }) => updateCallList(complaintId), {
  failure: logEvents.callListNotUpdated,
});
