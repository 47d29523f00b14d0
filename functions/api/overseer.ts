import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/proof.ts";
import { listComplaints } from "./overseer/list-complaints.ts";
import { readComplaint } from "./overseer/read-complaint.ts";

/** What whoever holds a rung above the agency reads, and never writes. */
export const routes = {
  "GET /v1/overseer/complaints": listComplaints,
  "GET /v1/overseer/complaints/{id}": readComplaint,
};
export const handler = serve({ routes, prove: byToken("overseer") });
