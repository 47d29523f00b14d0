import { logEvents } from "#shared/runtime/log-events.ts";
import { deliverEvent } from "./deliver-event.job.ts";
import { stream } from "./stream.job.ts";

/** Delivers each event as soon as it is written to the table. */
export const handler = stream((event) => deliverEvent(event), { failure: logEvents.eventNotConsumed });
