import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { listComplaintsAsOverseer } from "./overseer/list-complaints.ts";
import { readComplaintAsOverseer } from "./overseer/read-complaint.ts";

/** What the holders of rungs above the agency may read; they write nothing. */
export const routes = {
  "GET /v1/overseer/complaints": listComplaintsAsOverseer,
  "GET /v1/overseer/complaints/{id}": readComplaintAsOverseer,
};
export const handler = serve({ routes, prove: byToken("overseer") });
