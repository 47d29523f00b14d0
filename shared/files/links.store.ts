import { SignatureV4 } from "@smithy/signature-v4";
import { downloadLinkSeconds, uploadLinkSeconds } from "../policy-numbers.ts";
import { env } from "../runtime/environment.ts";
import { table } from "../storage/table.ts";
import { addMilliseconds } from "../time/duration.ts";
import { type Attachment, contentDispositionOf, isAttachmentExpired, uploadStatus } from "./attachment.ts";
import { cleanKey, uploadKey } from "./files.store.ts";
import type { CleanType } from "./format.ts";

/**
 * Signs with the function's own credentials, taken from the table's client. The S3 client would make the bundle a third
 * larger, only for signatures.
 */
const { region, credentials, sha256 } = table.config;
export const requestSigner = new SignatureV4({
  service: "s3",
  region,
  credentials,
  sha256,
  uriEscapePath: false,
  applyChecksum: false,
});

/** A form that posts one file of exactly this size and type under one key, until `expiresAt`. */
type UploadForm = { url: string; fields: Record<string, string>; expiresAt: string };

type UploadFormInput = { ownerId: string; attachment: Attachment; now: string };

/**
 * Signs the form for the upload of an announced file. It is valid for `uploadLinkSeconds`, but not longer than the file is
 * awaited. If the file is no longer awaited, the form expires when its first form expired.
 */
export async function uploadForm({ ownerId, attachment, now }: UploadFormInput): Promise<UploadForm> {
  const { attachmentId, contentType, size } = attachment;
  const isAwaited = attachment.state === "pending" && !isAttachmentExpired(attachment, now);
  const signedAt = isAwaited ? now : attachment.announcedAt;
  const signingDate = new Date(signedAt);
  const validUntil = addMilliseconds(signedAt, uploadLinkSeconds * 1_000);
  const { until = validUntil } = uploadStatus(attachment);
  const expiresAt = until < validUntil ? until : validUntil;
  const fields = {
    key: uploadKey({ ownerId, attachmentId }),
    "Content-Type": contentType,
    ...(await signingFields(signingDate)),
  };
  const exactFields = Object.entries({ bucket: env("ATTACHMENTS_BUCKET"), ...fields });
  const conditions = [...exactFields.map(([name, value]) => ({ [name]: value })), ["content-length-range", size, size]];
  const policy = Buffer.from(JSON.stringify({ expiration: expiresAt, conditions })).toString("base64");
  const signature = await requestSigner.sign(policy, { signingDate });
  return { url: env("ATTACHMENTS_URL"), fields: { ...fields, policy, "x-amz-signature": signature }, expiresAt };
}

async function signingFields(signingDate: Date): Promise<Record<string, string>> {
  const [{ accessKeyId, sessionToken }, signingRegion] = await Promise.all([credentials(), region()]);
  const date = signingDate.toISOString().replace(/[:-]|\.\d{3}/g, "");
  return {
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": [accessKeyId, date.slice(0, 8), signingRegion, "s3", "aws4_request"].join("/"),
    "x-amz-date": date,
    ...(sessionToken && { "x-amz-security-token": sessionToken }),
  };
}

type Link = { url: string; expiresAt: string };
type DownloadLinkInput = { attachmentId: string; contentType: CleanType; now: string };

/** A link that downloads the file until `expiresAt`. No cache on the way may keep the file, nor the browser after it is closed. */
export async function downloadLink({ attachmentId, contentType, now }: DownloadLinkInput): Promise<Link> {
  const disposition = contentDispositionOf(attachmentId, contentType);
  const { protocol, hostname, port, host, pathname } = new URL(env("ATTACHMENTS_URL"));
  const answerHeaders = {
    "response-cache-control": "no-store",
    "response-content-type": contentType,
    "response-content-disposition": disposition,
  };
  const { path, query = {} } = await requestSigner.presign(
    {
      method: "GET",
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path: `${pathname.replace(/\/$/, "")}/${cleanKey({ attachmentId })}`,
      query: answerHeaders,
      headers: { host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
    },
    { signingDate: new Date(now), expiresIn: downloadLinkSeconds },
  );
  const queryParameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return {
    url: `${protocol}//${host}${path}?${queryParameters.join("&")}`,
    expiresAt: addMilliseconds(now, downloadLinkSeconds * 1_000),
  };
}
