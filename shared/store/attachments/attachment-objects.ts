import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { type CleanCopy, Verdict } from "#shared/domain/attachments/attachment.ts";
import { CleanType } from "#shared/domain/attachments/attachment-format.ts";
import { env } from "#shared/runtime/env.ts";
import { putOnce, s3, unless } from "../objects.ts";
import { type AttachmentPlace, attemptKey, cleanKey, uploadKey, verdictKey } from "./attachment-places.ts";

/** One version of an upload, known by its etag: until its form expires the object may be written over. */
type Upload = AttachmentPlace & { etag: string };

export type Sent = { contentType: string; bytes: Uint8Array };

const bucket = () => env("ATTACHMENTS_BUCKET");

/** Reads an upload; undefined where it is gone or was written over. */
export async function readUpload(upload: Upload): Promise<Sent | undefined> {
  const request = new GetObjectCommand({ Bucket: bucket(), Key: uploadKey(upload), IfMatch: `"${upload.etag}"` });
  return unless(replaced, async () => {
    const { Body, ContentType = "" } = await s3.send(request);
    return { contentType: ContentType, bytes: (await Body?.transformToByteArray()) ?? new Uint8Array() };
  });
}

/** Notes that an upload is opened once more; false where it was opened `most` times before. */
export async function noteAttempt(place: AttachmentPlace, most: number): Promise<boolean> {
  for (let attempt = 1; attempt <= most; attempt++)
    if (await putOnce({ Bucket: bucket(), Key: attemptKey({ ...place, attempt }) })) return true;
  return false;
}

/** Keeps a clean copy, unless one is there: what has been served is never exchanged. */
export async function keepClean(place: AttachmentPlace, { bytes, contentType }: Sent): Promise<void> {
  await putOnce({ Bucket: bucket(), Key: cleanKey(place), Body: bytes, ContentType: contentType });
}

/** Says what became of an upload, unless that has been said. */
export async function giveVerdict(place: AttachmentPlace, verdict: Verdict): Promise<void> {
  await putOnce({
    Bucket: bucket(),
    Key: verdictKey(place),
    Body: JSON.stringify(verdict),
    ContentType: "application/json",
  });
}

export async function readVerdict(place: AttachmentPlace): Promise<Verdict> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(), Key: verdictKey(place) }));
  return Verdict.parse(JSON.parse((await Body?.transformToString()) ?? ""));
}

/** What is served of a clean copy. */
export async function describeClean(place: AttachmentPlace): Promise<CleanCopy> {
  const head = await s3.send(new HeadObjectCommand({ Bucket: bucket(), Key: cleanKey(place) }));
  return { contentType: CleanType.parse(head.ContentType), size: head.ContentLength ?? 0 };
}

/** Deletes a clean copy; the bucket keeps it as an earlier version for a month. */
export async function deleteClean({ attachmentId }: Pick<AttachmentPlace, "attachmentId">): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket(), Key: cleanKey({ attachmentId }) }));
}

/** Gone, written over since, or shorter than it was. */
const replaced = new Set([404, 412, 416]);
