import { serve } from "../pipelines/serve.ts";
import { unknownRoute } from "../pipelines/unknown-route.ts";
import { byNothing } from "./any-caller/token-proof.ts";
import { readAsyncapi } from "./public/read-asyncapi.ts";
import { readCatalog } from "./public/read-catalog.ts";
import { readChanges } from "./public/read-changes.ts";
import { readDatapackage } from "./public/read-datapackage.ts";
import { readDefinitions } from "./public/read-definitions.ts";
import { readDocs } from "./public/read-docs.ts";
import { readOpenapi } from "./public/read-openapi.ts";

/** What anybody may read and no complaint changes. Reads no table: the function may do nothing but log, and ask for the edge's key where there is one. */
export const routes = {
  "GET /v1/catalog": readCatalog,
  "GET /v1/changes": readChanges,
  "GET /v1/openapi.json": readOpenapi,
  "GET /v1/asyncapi.json": readAsyncapi,
  "GET /v1/docs": readDocs,
  "GET /v1/statistics/definitions": readDefinitions,
  "GET /v1/statistics/datapackage.json": readDatapackage,
};
export const handler = serve({ routes, prove: byNothing, otherwise: unknownRoute });
