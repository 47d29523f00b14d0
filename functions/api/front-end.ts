import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { listEventsAsFrontEnd } from "./front-end/list-events.ts";
import { readWebhookAsFrontEnd } from "./front-end/read-webhook.ts";
import { resumeWebhookAsFrontEnd } from "./front-end/resume-webhook.ts";

/** What a front end reads, and its own webhook; it files through a function of its own. */
export const routes = {
  "GET /v1/front-end/events": listEventsAsFrontEnd,
  "GET /v1/front-end/deliveries": readWebhookAsFrontEnd,
  "POST /v1/front-end/deliveries/resume": resumeWebhookAsFrontEnd,
};
export const handler = serve({ routes, prove: byToken("front-end") });
