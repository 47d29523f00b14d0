import { type InboxItem, inboxItem, type WorkQueueItem, workQueueItem } from "#shared/domain/views/complaint-views.ts";
import { readNarrativeTexts } from "#shared/persistence/complaints/complaints.ts";
import type { ListedComplaint } from "#shared/persistence/complaints/lists.ts";
import { names, retention } from "#shared/province/slices.static.ts";

/** The rows of an agency's list. */
export async function inboxItems(listed: readonly ListedComplaint[], now: string): Promise<InboxItem[]> {
  const narratives = await readNarrativeTexts(listed.map(({ complaint }) => complaint.id));
  return listed.map(({ complaint }) =>
    inboxItem(complaint, { viewer: "agency", narrative: narratives.get(complaint.id), names, now, retention }),
  );
}

/** The rows of a list of inspectors or overseers. */
export async function workQueueItems(
  listed: readonly ListedComplaint[],
  { viewer, now }: { viewer: "inspector" | "overseer"; now: string },
): Promise<WorkQueueItem[]> {
  const narratives = await readNarrativeTexts(listed.map(({ complaint }) => complaint.id));
  return listed.map(({ complaint, ...reason }) =>
    workQueueItem(complaint, { viewer, narrative: narratives.get(complaint.id), names, now, retention, reason }),
  );
}
