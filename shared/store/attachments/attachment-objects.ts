import { CopyObjectCommand, GetObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import type { Found } from "#shared/domain/attachments/attachment.ts";
import { startBytes } from "#shared/domain/attachments/attachment-format.ts";
import { env } from "#shared/runtime/env.ts";
import { s3 } from "../objects.ts";
import { keptKey, quarantineKey } from "./attachment-places.ts";

/** One version of an upload, known by its etag: until its form expires the object may be written over. */
type Upload = { complaintId: string; attachmentId: string; etag: string };

/** Reads what the upload is; undefined where it is gone or was written over. */
export async function examine(upload: Upload): Promise<Found | undefined> {
  const request = new GetObjectCommand({
    Bucket: env("ATTACHMENTS_BUCKET"),
    Key: quarantineKey(upload),
    IfMatch: `"${upload.etag}"`,
    Range: `bytes=0-${startBytes - 1}`,
  });
  return unlessReplaced(async () => {
    const { Body, ContentRange, ContentType = "" } = await s3.send(request);
    const start = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return { size: Number(ContentRange?.split("/")[1]), contentType: ContentType, start };
  });
}

/**
 * Copies the very version that was examined to where nobody can write over it; undefined where it is gone or replaced.
 */
export async function keepObject(upload: Upload): Promise<"kept" | undefined> {
  const Bucket = env("ATTACHMENTS_BUCKET");
  const copy = new CopyObjectCommand({
    Bucket,
    Key: keptKey(upload.attachmentId),
    CopySource: `${Bucket}/${quarantineKey(upload)}`,
    CopySourceIfMatch: `"${upload.etag}"`,
    // Leaves a scanner's tags behind: to copy them would take two more permissions.
    TaggingDirective: "REPLACE",
  });
  return unlessReplaced(async () => {
    await s3.send(copy);
    return "kept" as const;
  });
}

const replaced = new Set([404, 412, 416]);

async function unlessReplaced<T>(ask: () => Promise<T>): Promise<T | undefined> {
  return ask().catch((error: unknown) => {
    if (error instanceof S3ServiceException && replaced.has(error.$metadata.httpStatusCode ?? 0)) return undefined;
    throw error;
  });
}
