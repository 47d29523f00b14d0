import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { listEventsAsFrontEnd } from "./front-end/list-events.ts";

/** What a front end reads; it files through a function of its own. */
export const routes = { "GET /v1/front-end/events": listEventsAsFrontEnd };
export const handler = serve({ routes, prove: byToken("front-end") });
