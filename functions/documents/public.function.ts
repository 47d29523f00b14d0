import { authenticateNobody } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { unknownRoute } from "../http/unknown-route.ts";
import { readChanges } from "./catalog.api.ts";
import { readAsyncapi, readDatapackage, readDefinitions, readDocs, readOpenapi } from "./read-documents.api.ts";

/**
 * Public routes whose answers depend on no complaint. The function reads no table. It may only write its log and, in a
 * province behind the edge, read the edge's key.
 */
export const routes = {
  "GET /v1/changes": readChanges,
  "GET /v1/openapi.json": readOpenapi,
  "GET /v1/asyncapi.json": readAsyncapi,
  "GET /v1/docs": readDocs,
  "GET /v1/statistics/definitions": readDefinitions,
  "GET /v1/statistics/datapackage.json": readDatapackage,
};
export const handler = serve({ routes, authenticate: authenticateNobody, otherwise: unknownRoute });
