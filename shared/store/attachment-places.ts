type Place = { complaintId: string; attachmentId: string };

/** Where an upload lands; whoever holds the form may write there until it expires. */
export const quarantineKey = ({ complaintId, attachmentId }: Place) => `quarantine/${complaintId}/${attachmentId}`;
/** Where what was confirmed stands; nobody but the function that confirms writes there. */
export const keptKey = ({ complaintId, attachmentId }: Place) => `kept/${complaintId}/${attachmentId}`;

/** What a quarantined object's key says; undefined where no form of ours led there. */
export function placeOf(key: string): Place | undefined {
  const [, complaintId, attachmentId] = /^quarantine\/([A-Z0-9-]{14})\/([0-9a-f]{32})$/.exec(key) ?? [];
  return complaintId && attachmentId ? { complaintId, attachmentId } : undefined;
}
