import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { readIdentityAsInspector } from "./inspector/read-identity.ts";

/** The one function that reads who complains where that is not shared; apart from what else inspectors do. */
export const routes = { "GET /v1/inspector/complaints/{id}/identity": readIdentityAsInspector };
export const handler = serve({ routes, prove: byToken("inspector") });
