import { serve } from "../pipelines/serve.ts";
import { byNothing } from "./any-caller/token-proof.ts";
import { readNow } from "./public/read-now.ts";
import { readStatistics } from "./public/read-statistics.ts";

/** The public figures, to anybody: apart from all else that is public, which needs nothing of the table. */
export const routes = {
  "GET /v1/statistics": readStatistics,
  "GET /v1/statistics/now": readNow,
};
export const handler = serve({ routes, prove: byNothing });
