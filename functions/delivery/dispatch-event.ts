import { logEvents } from "#shared/runtime/log-events.ts";
import { stream } from "../triggers/stream.ts";
import { deliverEvent } from "./deliver-event.ts";

/** Tells of each event as soon as it is written. */
export const handler = stream((event) => deliverEvent(event), { failure: logEvents.eventNotConsumed });
