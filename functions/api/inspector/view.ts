import { ok } from "#functions/pipelines/reply.ts";
import { standing } from "#shared/domain/complaint/claim.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { inspectorView } from "#shared/domain/telling/view.ts";
import { readStoryUpTo } from "#shared/store/complaints/complaints.ts";
import { readConfidenceToShow } from "#shared/store/complaints/private-series.ts";

/** An inspector's view of the version that the caller read or wrote. */
export async function viewOf(complaint: Complaint, now: string) {
  const [story, confidence] = await Promise.all([readStoryUpTo(complaint), readConfidenceToShow(complaint.id)]);
  return ok(inspectorView(story, { ...confidence, claim: standing(confidence.claim, now) }));
}
