import { serve } from "../pipelines/serve.ts";
import { readPerformanceAsAgency } from "./agency/read-performance.ts";
import { byToken } from "./any-caller/token-proof.ts";

/** An agency's figures of its own work: apart from its complaints, of which this function sees none. */
export const routes = { "GET /v1/agency/performance": readPerformanceAsAgency };
export const handler = serve({ routes, prove: byToken("agency") });
