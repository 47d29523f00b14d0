import { keptFolder, quarantineFolder } from "#shared/runtime/keys.ts";

type Place = { complaintId: string; attachmentId: string };

/** Where an upload lands; whoever holds the form may write there until it expires. */
export const quarantineKey = ({ complaintId, attachmentId }: Place) =>
  `${quarantineFolder}${complaintId}/${attachmentId}`;
/** Where what was confirmed stands; nobody but the function that confirms writes there. */
export const keptKey = ({ complaintId, attachmentId }: Place) => `${keptFolder}${complaintId}/${attachmentId}`;

/** What a quarantined object's key says; undefined where no form of ours led there. */
export function placeOf(key: string): Place | undefined {
  const [complaintId = "", attachmentId = ""] = key.slice(quarantineFolder.length).split("/");
  const place = { complaintId, attachmentId };
  const isOurs = /^[A-Z0-9-]{14}$/.test(complaintId) && /^[0-9a-f]{32}$/.test(attachmentId);
  return isOurs && key === quarantineKey(place) ? place : undefined;
}
