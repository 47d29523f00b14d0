import { serve } from "../pipelines/serve.ts";
import { byCallCentre } from "./front-end/call-centre-proof.ts";
import { carryDisputeAsFrontEnd } from "./front-end/carry-dispute.ts";
import { listCallbacks } from "./front-end/list-callbacks.ts";
import { recordCallback } from "./front-end/record-call.ts";

/** The only function that shows the phones of those who are to be called, and reads no more of an identity than phone and name. */
export const routes = {
  "GET /v1/front-end/callbacks": listCallbacks,
  "POST /v1/front-end/callbacks/{id}": recordCallback,
  "POST /v1/front-end/callbacks/{id}/dispute": carryDisputeAsFrontEnd,
};
export const handler = serve({ routes, prove: byCallCentre });
