import { CitizenView, citizenView } from "../../../shared/domain/view.ts";
import { readStory } from "../../../shared/store/complaints.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { ok } from "../reply.ts";
import { route } from "../route.ts";

/** GET /v1/complaints/{id}: the citizen sees how it stands and all that happened. */
export const readComplaint = route({
  caller: "citizen",
  summary: { en: "Read one's own complaint", fa: "مشاهدهٔ شکایت خود" },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  run: async ({ principal }) => ok(citizenView(await readStory(principal.complaintId))),
});
