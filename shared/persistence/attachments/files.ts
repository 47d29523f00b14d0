import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { type CleanCopy, CleaningResult } from "#shared/domain/attachments/attachment.ts";
import { CleanType } from "#shared/domain/attachments/format.ts";
import { env } from "#shared/runtime/environment.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { failureName, log } from "#shared/runtime/log.ts";
import { putIfAbsent, s3, undefinedOnStatus } from "../objects.ts";

export type AttachmentReference = { complaintId: string; attachmentId: string };

const referencePath = ({ complaintId, attachmentId }: AttachmentReference) => `${complaintId}/${attachmentId}`;

/** Where an upload lands; whoever holds the form may write there until it expires. */
export const uploadKey = (place: AttachmentReference) => `${bucketFolders.uploads}${referencePath(place)}`;
export const attemptKey = (place: AttachmentReference & { attempt: number }) =>
  `${bucketFolders.attempts}${referencePath(place)}/${place.attempt}`;
/** That the opening threw which has this mark. */
export const failedAttemptKey = (place: AttachmentReference & { mark: string }) =>
  `${bucketFolders.attempts}${referencePath(place)}/thrown/${place.mark}`;
export const cleaningResultKey = (place: AttachmentReference) => `${bucketFolders.verdicts}${referencePath(place)}`;
/** A verdict that was given again: a clean copy may have come after the first verdict was followed. */
export const lateVerdictKey = (place: AttachmentReference & { mark: string }) =>
  `${cleaningResultKey(place)}.${place.mark}`;
/** Without the complaint's id, which would stand in every link to it. */
export const cleanKey = ({ attachmentId }: Pick<AttachmentReference, "attachmentId">) =>
  `${bucketFolders.clean}${attachmentId}`;

/** Reads the key of an upload or a verdict; undefined where it is no key that we make. */
export function attachmentReferenceOf(key: string): AttachmentReference | undefined {
  const [, complaintId = "", name = ""] = key.split("/");
  const [attachmentId = "", mark = ""] = name.split(".");
  const place = { complaintId, attachmentId };
  const isOurs = /^[A-Z0-9-]{14}$/.test(complaintId) && /^[0-9a-f]{32}$/.test(attachmentId);
  return isOurs && [uploadKey(place), cleaningResultKey(place), lateVerdictKey({ ...place, mark })].includes(key)
    ? place
    : undefined;
}

/** One version of an upload, known by its etag: until its form expires the object may be written over. */
type Upload = AttachmentReference & { etag: string };

export type UploadedFile = { contentType: string; bytes: Uint8Array };

const bucket = () => env("ATTACHMENTS_BUCKET");

/** Reads an upload; undefined where it is gone or was written over. */
export async function readUpload(upload: Upload): Promise<UploadedFile | undefined> {
  const request = new GetObjectCommand({ Bucket: bucket(), Key: uploadKey(upload), IfMatch: `"${upload.etag}"` });
  return undefinedOnStatus(replacedStatuses, async () => {
    const { Body, ContentType = "" } = await s3.send(request);
    return { contentType: ContentType, bytes: (await Body?.transformToByteArray()) ?? new Uint8Array() };
  });
}

type AttemptLimits<T> = {
  /** How many openings may stand that are not known to have thrown. */
  most: number;
  /** How many in all. */
  inAll: number;
  open: () => Promise<T>;
};

/**
 * Opens an upload, which is noted before; undefined where it is opened no more. That an opening threw is noted too, since
 * it is tried again: what is left are those that ended the process, that still run, or that came to their end.
 */
export async function openWithAttemptLimit<T>(
  place: AttachmentReference,
  { open, ...bounds }: AttemptLimits<T>,
): Promise<T | undefined> {
  const mark = randomUUID();
  try {
    return (await recordAttempt({ ...place, mark }, bounds)) ? await open() : undefined;
  } catch (error) {
    await putIfAbsent({ Bucket: bucket(), Key: failedAttemptKey({ ...place, mark }), Body: "" }).catch(
      (failed: unknown) => log.warn("attempt not noted as failed", { ...place, failure: failureName(failed) }),
    );
    throw error;
  }
}

type MarkedAttempt = AttachmentReference & { mark: string };

/** False where too many stand. Throws where there were too many in all: that is no fault of the file, so it is not refused. */
async function recordAttempt({ mark, ...place }: MarkedAttempt, { most, inAll }: Omit<AttemptLimits<unknown>, "open">) {
  for (let attempt = 1, standing = 0; standing < most; attempt++) {
    if (attempt > inAll) throw new Error("opened too often");
    const attemptObject = { Bucket: bucket(), Key: attemptKey({ ...place, attempt }) };
    if (await putIfAbsent({ ...attemptObject, Body: mark })) return true;
    const { Body } = await s3.send(new GetObjectCommand(attemptObject));
    const writtenMark = await Body?.transformToString();
    // It was put, and the answer lost.
    if (writtenMark === mark) return true;
    if (!(await hasAttemptFailed({ ...place, mark: writtenMark ?? "" }))) standing += 1;
  }
  return false;
}

async function hasAttemptFailed(marked: MarkedAttempt): Promise<boolean> {
  const head = new HeadObjectCommand({ Bucket: bucket(), Key: failedAttemptKey(marked) });
  return (await undefinedOnStatus(missingStatuses, () => s3.send(head))) !== undefined;
}

/** Where the function may not list, what is not there is forbidden. */
const missingStatuses = new Set([403, 404]);

/** Keeps a clean copy, unless one is there: what has been served is never exchanged. */
export async function saveCleanCopy(place: AttachmentReference, { bytes, contentType }: UploadedFile): Promise<void> {
  await putIfAbsent({ Bucket: bucket(), Key: cleanKey(place), Body: bytes, ContentType: contentType });
}

/**
 * Says what became of an upload. Where that has been said, it stays: whoever followed it is only told to look once more,
 * since a clean copy may have been kept after the file was refused.
 */
export async function saveCleaningResult(place: AttachmentReference, verdict: CleaningResult): Promise<void> {
  const given = { Bucket: bucket(), Body: JSON.stringify(verdict), ContentType: "application/json" };
  if (await putIfAbsent({ ...given, Key: cleaningResultKey(place) })) return;
  await putIfAbsent({ ...given, Key: lateVerdictKey({ ...place, mark: randomUUID() }) });
}

export async function readCleaningResult(place: AttachmentReference): Promise<CleaningResult> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(), Key: cleaningResultKey(place) }));
  return CleaningResult.parse(JSON.parse((await Body?.transformToString()) ?? ""));
}

/** What is served of a clean copy. */
export async function readCleanCopyInfo(place: AttachmentReference): Promise<CleanCopy> {
  const head = await s3.send(new HeadObjectCommand({ Bucket: bucket(), Key: cleanKey(place) }));
  return { contentType: CleanType.parse(head.ContentType), size: head.ContentLength ?? 0 };
}

/** Deletes a clean copy; the bucket keeps it as an earlier version for a month. */
export async function deleteCleanCopy({ attachmentId }: Pick<AttachmentReference, "attachmentId">): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket(), Key: cleanKey({ attachmentId }) }));
}

/** Gone, written over since, or shorter than it was. */
const replacedStatuses = new Set([404, 412, 416]);
