import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { type CleanCopy, Verdict } from "#shared/domain/attachments/attachment.ts";
import { CleanType } from "#shared/domain/attachments/attachment-format.ts";
import { env } from "#shared/runtime/env.ts";
import { failureOf, log } from "#shared/runtime/log.ts";
import { putOnce, s3, unless } from "../objects.ts";
import {
  type AttachmentPlace,
  attemptKey,
  cleanKey,
  lateVerdictKey,
  thrownKey,
  uploadKey,
  verdictKey,
} from "./attachment-places.ts";

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

type Opening<T> = {
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
export async function openNoted<T>(place: AttachmentPlace, { open, ...bounds }: Opening<T>): Promise<T | undefined> {
  const mark = randomUUID();
  try {
    return (await noteOpening({ ...place, mark }, bounds)) ? await open() : undefined;
  } catch (error) {
    await putOnce({ Bucket: bucket(), Key: thrownKey({ ...place, mark }), Body: "" }).catch((failed: unknown) =>
      log.warn("attempt not noted as failed", { ...place, failure: failureOf(failed) }),
    );
    throw error;
  }
}

type Marked = AttachmentPlace & { mark: string };

/** False where too many stand. Throws where there were too many in all: that is no fault of the file, so it is not refused. */
async function noteOpening({ mark, ...place }: Marked, { most, inAll }: Omit<Opening<unknown>, "open">) {
  for (let attempt = 1, standing = 0; standing < most; attempt++) {
    if (attempt > inAll) throw new Error("opened too often");
    const note = { Bucket: bucket(), Key: attemptKey({ ...place, attempt }) };
    if (await putOnce({ ...note, Body: mark })) return true;
    const { Body } = await s3.send(new GetObjectCommand(note));
    const noted = await Body?.transformToString();
    // It was put, and the answer lost.
    if (noted === mark) return true;
    if (!(await hasThrown({ ...place, mark: noted ?? "" }))) standing += 1;
  }
  return false;
}

async function hasThrown(marked: Marked): Promise<boolean> {
  const head = new HeadObjectCommand({ Bucket: bucket(), Key: thrownKey(marked) });
  return (await unless(missing, () => s3.send(head))) !== undefined;
}

/** Where the function may not list, what is not there is forbidden. */
const missing = new Set([403, 404]);

/** Keeps a clean copy, unless one is there: what has been served is never exchanged. */
export async function keepClean(place: AttachmentPlace, { bytes, contentType }: Sent): Promise<void> {
  await putOnce({ Bucket: bucket(), Key: cleanKey(place), Body: bytes, ContentType: contentType });
}

/**
 * Says what became of an upload. Where that has been said, it stays: whoever followed it is only told to look once more,
 * since a clean copy may have been kept after the file was refused.
 */
export async function giveVerdict(place: AttachmentPlace, verdict: Verdict): Promise<void> {
  const given = { Bucket: bucket(), Body: JSON.stringify(verdict), ContentType: "application/json" };
  if (await putOnce({ ...given, Key: verdictKey(place) })) return;
  await putOnce({ ...given, Key: lateVerdictKey({ ...place, mark: randomUUID() }) });
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
