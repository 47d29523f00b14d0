import { ok } from "#functions/pipelines/reply.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { inspectorView } from "#shared/domain/telling/view.ts";
import { readStoryUpTo } from "#shared/store/complaints/complaints.ts";

/** An inspector's view of the version that the caller read or wrote. */
export async function viewOf(complaint: Complaint) {
  return ok(inspectorView(await readStoryUpTo(complaint)));
}
