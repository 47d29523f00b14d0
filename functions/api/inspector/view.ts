import { ok } from "#functions/pipelines/reply.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { inspectorView } from "#shared/domain/telling/view.ts";
import { readStoryUpTo } from "#shared/store/complaints/complaints.ts";

/** What an inspector sees of the complaint. */
export async function viewOf(complaint: Complaint) {
  return ok(inspectorView(await readStoryUpTo(complaint)));
}
