import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { env } from "../runtime/environment.ts";
import { bucketFolders } from "../runtime/keys.ts";
import { errorName, log } from "../runtime/log.ts";
import { putIfAbsent, s3, undefinedOnStatus } from "../storage/objects.ts";
import { type CleanCopy, CleaningResult } from "./attachment.ts";
import { CleanType } from "./format.ts";

/** A file of a complaint, or of a notice to an employee. */
export type AttachmentReference = { ownerId: string; attachmentId: string };

const pathOf = ({ ownerId, attachmentId }: AttachmentReference) => `${ownerId}/${attachmentId}`;

/** The key of an upload. A caller with the upload form may write it until the form expires. */
export const uploadKey = (place: AttachmentReference) => `${bucketFolders.uploads}${pathOf(place)}`;
export const attemptKey = (place: AttachmentReference & { attempt: number }) =>
  `${bucketFolders.attempts}${pathOf(place)}/${place.attempt}`;
/** The key of the object that records that an attempt to open the upload threw. `mark` names the attempt. */
export const failedAttemptKey = (place: AttachmentReference & { mark: string }) =>
  `${bucketFolders.attempts}${pathOf(place)}/failed/${place.mark}`;
export const cleaningResultKey = (place: AttachmentReference) => `${bucketFolders.cleaningResults}${pathOf(place)}`;
/** The key of a repeated cleaning result: a clean copy may have been stored after the first result was processed. */
export const lateResultKey = (place: AttachmentReference & { mark: string }) =>
  `${cleaningResultKey(place)}.${place.mark}`;
/** The key of a clean copy. It has no complaint id, because every download link shows the key. */
export const cleanKey = ({ attachmentId }: Pick<AttachmentReference, "attachmentId">) =>
  `${bucketFolders.clean}${attachmentId}`;

/** Parses the key of an upload or a cleaning result; undefined if it is neither. */
export function attachmentReferenceOf(key: string): AttachmentReference | undefined {
  const [, ownerId = "", name = ""] = key.split("/");
  const [attachmentId = "", mark = ""] = name.split(".");
  const place = { ownerId, attachmentId };
  const isWellFormed = /^[A-Z0-9-]{13,14}$/.test(ownerId) && /^[0-9a-f]{32}$/.test(attachmentId);
  return isWellFormed && [uploadKey(place), cleaningResultKey(place), lateResultKey({ ...place, mark })].includes(key)
    ? place
    : undefined;
}

/** One version of an upload, named by its etag: the caller may overwrite the object until the form expires. */
type Upload = AttachmentReference & { etag: string };

export type UploadedFile = { contentType: string; bytes: Uint8Array };

const bucket = () => env("ATTACHMENTS_BUCKET");

/** Reads an upload; undefined if it is deleted or overwritten. */
export async function readUpload(upload: Upload): Promise<UploadedFile | undefined> {
  const request = new GetObjectCommand({ Bucket: bucket(), Key: uploadKey(upload), IfMatch: `"${upload.etag}"` });
  return undefinedOnStatus(replacedStatuses, async () => {
    const { Body, ContentType = "" } = await s3.send(request);
    return { contentType: ContentType, bytes: (await Body?.transformToByteArray()) ?? new Uint8Array() };
  });
}

type AttemptLimits<T> = {
  /** How many attempts may have no known end: they ended the process, still run, or completed. */
  most: number;
  /** How many attempts there may be, those that threw included. */
  inAll: number;
  open: () => Promise<T>;
};

/**
 * Opens an upload, unless it has been opened too often. Some files end the process that opens them, so each attempt is
 * recorded before it starts. An attempt that threw is recorded as failed and does not count toward `most`: SQS repeats it.
 *
 * Returns the result of `open`, or undefined if `most` is reached. Throws the errors of `open`, and if `inAll` is reached.
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
      (failed: unknown) => log.warn("attempt record failed", { ...place, errorName: errorName(failed) }),
    );
    throw error;
  }
}

type MarkedAttempt = AttachmentReference & { mark: string };

/**
 * Records an attempt. False if `most` attempts have no known end. Throws if there were `inAll` attempts: so many failures are
 * not the file's fault, so the file is not refused for them.
 */
async function recordAttempt({ mark, ...place }: MarkedAttempt, { most, inAll }: Omit<AttemptLimits<unknown>, "open">) {
  for (let attempt = 1, withoutKnownEnd = 0; withoutKnownEnd < most; attempt++) {
    if (attempt > inAll) throw new Error("opened too often");
    const attemptObject = { Bucket: bucket(), Key: attemptKey({ ...place, attempt }) };
    if (await putIfAbsent({ ...attemptObject, Body: mark })) return true;
    const { Body } = await s3.send(new GetObjectCommand(attemptObject));
    const writtenMark = await Body?.transformToString();
    // An earlier try of this put succeeded, and its answer was lost.
    if (writtenMark === mark) return true;
    if (!(await hasAttemptFailed({ ...place, mark: writtenMark ?? "" }))) withoutKnownEnd += 1;
  }
  return false;
}

async function hasAttemptFailed(marked: MarkedAttempt): Promise<boolean> {
  const head = new HeadObjectCommand({ Bucket: bucket(), Key: failedAttemptKey(marked) });
  return (await undefinedOnStatus(missingStatuses, () => s3.send(head))) !== undefined;
}

/** S3 answers 403 for a missing object if the function may not list the bucket. */
const missingStatuses = new Set([403, 404]);

/** Stores a clean copy, unless there is one: a copy that has been served is never replaced. */
export async function saveCleanCopy(place: AttachmentReference, { bytes, contentType }: UploadedFile): Promise<void> {
  await putIfAbsent({ Bucket: bucket(), Key: cleanKey(place), Body: bytes, ContentType: contentType });
}

/**
 * Stores the cleaning result of an upload. The first result is never replaced. `mayHaveCopy`: this run or a killed one may have
 * stored a clean copy since. The number of such runs is limited, however often the same file is uploaded.
 */
export async function saveCleaningResult(
  place: AttachmentReference,
  { result, mayHaveCopy }: { result: CleaningResult; mayHaveCopy: boolean },
): Promise<void> {
  const object = { Bucket: bucket(), Body: JSON.stringify(result), ContentType: "application/json" };
  if (await putIfAbsent({ ...object, Key: cleaningResultKey(place) })) return;
  if (mayHaveCopy) await saveLateResult(place);
}

/**
 * Stores an object beside the first result, so that S3 notifies the next function again. That function deletes the clean copy
 * if the first result refused the file.
 */
export async function saveLateResult(place: AttachmentReference): Promise<void> {
  await putIfAbsent({ Bucket: bucket(), Key: lateResultKey({ ...place, mark: randomUUID() }), Body: "" });
}

export async function readCleaningResult(place: AttachmentReference): Promise<CleaningResult> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(), Key: cleaningResultKey(place) }));
  return CleaningResult.parse(JSON.parse((await Body?.transformToString()) ?? ""));
}

/** The content type and size in bytes of a clean copy. */
export async function readCleanCopyInfo(place: AttachmentReference): Promise<CleanCopy> {
  const head = await s3.send(new HeadObjectCommand({ Bucket: bucket(), Key: cleanKey(place) }));
  return { contentType: CleanType.parse(head.ContentType), size: head.ContentLength ?? 0 };
}

/** Deletes a clean copy. The bucket keeps it as an old version for a month. */
export async function deleteCleanCopy({ attachmentId }: Pick<AttachmentReference, "attachmentId">): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket(), Key: cleanKey({ attachmentId }) }));
}

/** Deleted (404), overwritten (412), or now shorter than the read expects (416). */
const replacedStatuses = new Set([404, 412, 416]);
