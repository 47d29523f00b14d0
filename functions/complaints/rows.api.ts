import { readNarrativeTexts } from "#shared/complaints/complaints.store.ts";
import type { ListedComplaint } from "#shared/complaints/lists.store.ts";
import { names, retention } from "#shared/province/slices.static.ts";
import { type InboxItem, inboxItem, type RowSource, type WorkQueueItem, workQueueItem } from "./complaint-views.ts";

/** `details`: rows have names and the beginning of the text, which is one more read for each row. */
type RowsInput = { now: string; details: boolean };

/** The rows of an agency's list. */
export async function inboxItems(listed: readonly ListedComplaint[], input: RowsInput): Promise<InboxItem[]> {
  const sourceOf = await rowSources(listed, { viewer: "agency", ...input });
  return listed.map(({ complaint }) => inboxItem(complaint, sourceOf(complaint.id)));
}

/** The rows of a list of inspectors or overseers. */
export async function workQueueItems(
  listed: readonly ListedComplaint[],
  input: RowsInput & { viewer: "inspector" | "overseer" },
): Promise<WorkQueueItem[]> {
  const sourceOf = await rowSources(listed, input);
  return listed.map(({ complaint, ...reason }) => workQueueItem(complaint, { ...sourceOf(complaint.id), reason }));
}

async function rowSources(
  listed: readonly ListedComplaint[],
  { viewer, now, details }: RowsInput & Pick<RowSource, "viewer">,
): Promise<(id: string) => RowSource> {
  const question = { viewer, now, retention };
  if (!details) return () => question;
  const narratives = await readNarrativeTexts(listed.map(({ complaint }) => complaint.id));
  return (id) => ({ ...question, details: { narrative: narratives.get(id), names } });
}
