import { logEvents } from "#shared/runtime/log-events.ts";
import { placeCall } from "#shared/store/complaints/calls.ts";
import { stream } from "../pipelines/stream.ts";

/** Puts a drawn complaint on the list of those to call when it is answered, and again when it is closed. */
export const handler = stream(({ complaintId }) => placeCall(complaintId), { failure: logEvents.callNotPlaced });
