import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { fileComplaint } from "./front-end/file-complaint.ts";

/** The one function that writes identities; apart from the other front-end routes, so that they cannot. */
export const routes = { "POST /v1/complaints": fileComplaint };
export const handler = serve({ routes, prove: byToken("front-end") });
