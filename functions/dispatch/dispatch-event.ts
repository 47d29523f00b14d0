import { logEvents } from "#shared/runtime/log-events.ts";
import { stream } from "../pipelines/stream.ts";
import { tell } from "./tell.ts";

/** Tells of each event as soon as it is written. */
export const handler = stream((event) => tell(event), { failure: logEvents.eventNotConsumed });
