import type { Complaint } from "../../../shared/domain/complaint.ts";
import { inspectorView } from "../../../shared/domain/view.ts";
import { readStoryUpTo } from "../../../shared/store/complaints.ts";
import { ok } from "../reply.ts";

/** What an inspector sees of the complaint. */
export async function viewOf(complaint: Complaint) {
  return ok(inspectorView(await readStoryUpTo(complaint)));
}
