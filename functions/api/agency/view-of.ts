import type { Complaint } from "../../../shared/domain/complaint.ts";
import { agencyView } from "../../../shared/domain/view.ts";
import { readStory } from "../../../shared/store/complaints.ts";
import { readSharedIdentity } from "../../../shared/store/identities.ts";
import { ok } from "../reply.ts";

/** What the agency sees of a complaint that is known to be its own. */
export async function viewOf(complaint: Complaint) {
  const [story, identity] = await Promise.all([readStory(complaint.id), readSharedIdentity(complaint)]);
  return ok(agencyView({ ...story, identity }));
}
