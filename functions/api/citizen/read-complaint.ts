import { CitizenView } from "../../../shared/domain/view.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** GET /v1/complaints/{id}: the citizen sees how it stands and all that happened. */
export const readComplaint = route({
  caller: "citizen",
  summary: { en: "Read one's own complaint", fa: "مشاهدهٔ شکایت خود" },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  run: ({ principal }) => viewOf({ id: principal.complaintId }),
});
