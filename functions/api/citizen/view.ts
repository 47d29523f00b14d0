import { ok } from "#functions/pipelines/reply.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { citizenView } from "#shared/domain/telling/view.ts";
import { retention } from "#shared/province/slices.static.ts";
import { readStoryUpTo } from "#shared/store/complaints/complaints.ts";
import { readConfidenceToShow } from "#shared/store/complaints/private-series.ts";

/** The citizen's view of the version that the request read or wrote. */
export async function viewOf(complaint: Complaint, now: string) {
  const [story, confidence] = await Promise.all([readStoryUpTo(complaint), readConfidenceToShow(complaint.id)]);
  return ok(citizenView(story, { ...confidence, now, retention }));
}
