import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { readIdentityAsInspector } from "./inspector/read-identity.ts";

/** The only function that shows identities that are not shared; apart, so that the inspectors' other routes may not read them. */
export const routes = { "GET /v1/inspector/complaints/{id}/identity": readIdentityAsInspector };
export const handler = serve({ routes, prove: byToken("inspector") });
