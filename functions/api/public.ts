import { byNothing } from "./proof.ts";
import { readCatalog } from "./public/read-catalog.ts";
import { readOpenapi } from "./public/read-openapi.ts";
import { serve } from "./serve.ts";

/** What anybody may read; holds no permission at all. */
export const routes = { "GET /v1/catalog": readCatalog, "GET /v1/openapi.json": readOpenapi };
export const handler = serve({ routes, prove: byNothing });
