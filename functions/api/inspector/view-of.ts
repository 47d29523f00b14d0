import type { Complaint } from "../../../shared/domain/complaint.ts";
import { inspectorView } from "../../../shared/domain/view.ts";
import { readStory } from "../../../shared/store/complaints.ts";
import { ok } from "../reply.ts";

/** What an inspector sees of the complaint. */
export async function viewOf({ id }: Pick<Complaint, "id">) {
  return ok(inspectorView(await readStory(id)));
}
