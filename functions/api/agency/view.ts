import { ok } from "#functions/pipelines/reply.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { agencyView } from "#shared/domain/telling/view.ts";
import { retention } from "#shared/province/slices.static.ts";
import { readStoryUpTo } from "#shared/store/complaints/complaints.ts";
import { readSharedIdentity } from "#shared/store/complaints/identities.ts";

/** The agency's view of the version that the caller read or wrote, even if a colleague has transferred it since. */
export async function viewOf(complaint: Complaint, now: string) {
  const [story, identity] = await Promise.all([readStoryUpTo(complaint), readSharedIdentity(complaint)]);
  return ok(agencyView({ ...story, identity }, { now, retention }));
}
