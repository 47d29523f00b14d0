import type { Complaint } from "../../../shared/domain/complaint.ts";
import { citizenView } from "../../../shared/domain/view.ts";
import { readStoryUpTo } from "../../../shared/store/complaints.ts";
import { ok } from "../reply.ts";

/** What the citizen sees of the complaint. */
export async function viewOf(complaint: Complaint) {
  return ok(citizenView(await readStoryUpTo(complaint)));
}
