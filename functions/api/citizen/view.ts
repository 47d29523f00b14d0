import { ok } from "#functions/pipelines/reply.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { citizenView } from "#shared/domain/telling/view.ts";
import { readStoryUpTo } from "#shared/store/complaints/complaints.ts";

/** The citizen's view of the version that the request wrote. */
export async function viewOf(complaint: Complaint) {
  return ok(citizenView(await readStoryUpTo(complaint)));
}
