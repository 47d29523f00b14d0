import { folders } from "#shared/runtime/keys.ts";

export type AttachmentPlace = { complaintId: string; attachmentId: string };

const placed = ({ complaintId, attachmentId }: AttachmentPlace) => `${complaintId}/${attachmentId}`;

/** Where an upload lands; whoever holds the form may write there until it expires. */
export const uploadKey = (place: AttachmentPlace) => `${folders.uploads}${placed(place)}`;
export const attemptKey = (place: AttachmentPlace & { attempt: number }) =>
  `${folders.attempts}${placed(place)}/${place.attempt}`;
/** That the opening threw which has this mark. */
export const thrownKey = (place: AttachmentPlace & { mark: string }) =>
  `${folders.attempts}${placed(place)}/thrown/${place.mark}`;
export const verdictKey = (place: AttachmentPlace) => `${folders.verdicts}${placed(place)}`;
/** A verdict that was given again: a clean copy may have come after the first verdict was followed. */
export const lateVerdictKey = (place: AttachmentPlace & { mark: string }) => `${verdictKey(place)}.${place.mark}`;
/** Without the complaint's id, which would stand in every link to it. */
export const cleanKey = ({ attachmentId }: Pick<AttachmentPlace, "attachmentId">) => `${folders.clean}${attachmentId}`;

/** Reads the key of an upload or a verdict; undefined where it is no key that we make. */
export function placeOf(key: string): AttachmentPlace | undefined {
  const [, complaintId = "", name = ""] = key.split("/");
  const [attachmentId = "", mark = ""] = name.split(".");
  const place = { complaintId, attachmentId };
  const isOurs = /^[A-Z0-9-]{14}$/.test(complaintId) && /^[0-9a-f]{32}$/.test(attachmentId);
  return isOurs && [uploadKey(place), verdictKey(place), lateVerdictKey({ ...place, mark })].includes(key)
    ? place
    : undefined;
}
