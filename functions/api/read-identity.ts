import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/proof.ts";
import { readIdentityOfCitizen } from "./inspector/read-identity.ts";

/** The one function that reads who complains where that is not shared; apart from what else inspectors do. */
export const routes = { "GET /v1/inspector/complaints/{id}/identity": readIdentityOfCitizen };
export const handler = serve({ routes, prove: byToken("inspector") });
