import { keptFolder, quarantineFolder } from "#shared/runtime/keys.ts";

type AttachmentPlace = { complaintId: string; attachmentId: string };

/** Where an upload lands; whoever holds the form may write there until it expires. */
export const quarantineKey = ({ complaintId, attachmentId }: AttachmentPlace) =>
  `${quarantineFolder}${complaintId}/${attachmentId}`;
/**
 * Where a confirmed file is kept; only the function that confirms may write there. Without the complaint's id, which
 * would stand in every link to it.
 */
export const keptKey = (attachmentId: string) => `${keptFolder}${attachmentId}`;

/** Reads the key of an object in quarantine; undefined where it is no key that our forms post to. */
export function placeOf(key: string): AttachmentPlace | undefined {
  const [complaintId = "", attachmentId = ""] = key.slice(quarantineFolder.length).split("/");
  const place = { complaintId, attachmentId };
  const isOurs = /^[A-Z0-9-]{14}$/.test(complaintId) && /^[0-9a-f]{32}$/.test(attachmentId);
  return isOurs && key === quarantineKey(place) ? place : undefined;
}
