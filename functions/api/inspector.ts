import { readDeadlines } from "./inspector/read-deadlines.ts";
import { byToken } from "./proof.ts";
import { serve } from "./serve.ts";

/** What an inspector sees of every complaint of the province. */
export const routes = { "GET /v1/inspector/complaints/{id}/deadlines": readDeadlines };
export const handler = serve({ routes, prove: byToken("inspector") });
