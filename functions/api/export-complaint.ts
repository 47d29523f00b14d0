import { serve } from "../pipelines/serve.ts";
import { exportComplaint } from "./citizen/export-complaint.ts";
import { bySecret } from "./citizen/secret-proof.ts";

/** Apart from the citizens' other routes, since it writes nothing and carries every name of the province. */
export const routes = { "GET /v1/complaints/{id}/export": exportComplaint };
export const handler = serve({ routes, prove: bySecret });
