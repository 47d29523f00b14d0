import { ok } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { CitizenView, citizenView } from "#shared/domain/telling/view.ts";
import { retention } from "#shared/province/slices.static.ts";
import { readStory } from "#shared/store/complaints/complaints.ts";
import { readConfidenceToShow } from "#shared/store/complaints/private-series.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";

/** GET /v1/complaints/{id}: the citizen sees how it stands and all that happened. */
export const readComplaintAsCitizen = route({
  caller: "citizen",
  summary: { en: "Read one's own complaint", fa: "مشاهدهٔ شکایت خود" },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  async run({ principal: { complaintId }, now }) {
    const [story, confidence] = await Promise.all([readStory(complaintId), readConfidenceToShow(complaintId)]);
    return ok(citizenView(story, { ...confidence, now, retention }));
  },
});
