import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { fileComplaint } from "./front-end/file-complaint.ts";

/** Writes identities and reads none; apart, so that the front ends' other routes may not. */
export const routes = { "POST /v1/complaints": fileComplaint };
export const handler = serve({ routes, prove: byToken("front-end") });
