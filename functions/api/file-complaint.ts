import { fileComplaint } from "./front-end/file-complaint.ts";
import { byToken } from "./proof.ts";
import { serve } from "./serve.ts";

/** The one function that writes identities; apart from the other front-end routes, so that they cannot. */
export const routes = { "POST /v1/complaints": fileComplaint };
export const handler = serve({ routes, prove: byToken("front-end") });
