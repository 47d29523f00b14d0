import { mustConcern } from "../../../shared/domain/access.ts";
import type { Complaint } from "../../../shared/domain/complaint.ts";
import type { PrincipalOf } from "../../../shared/domain/principal.ts";
import { agencyView } from "../../../shared/domain/view.ts";
import { readStory } from "../../../shared/store/complaints.ts";
import { readSharedIdentity } from "../../../shared/store/identities.ts";
import { ok } from "../reply.ts";

/** What the agency sees of a complaint, if it still is its own: a colleague may have sent it on meanwhile. */
export async function viewOf(complaint: Complaint, agency: PrincipalOf<"agency">) {
  const [story, identity] = await Promise.all([readStory(complaint.id), readSharedIdentity(complaint)]);
  mustConcern(story.complaint, agency);
  return ok(agencyView({ ...story, identity }));
}
