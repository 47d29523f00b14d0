import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { env } from "#shared/runtime/environment.ts";
import { siteObjectKeys } from "#shared/runtime/keys.ts";
import { putIfAbsent, s3, undefinedOnStatus } from "#shared/storage/objects.ts";
import { Instant } from "#shared/time/calendar.ts";

const CurrentFile = z.object({
  type: z.string(),
  /** A digest of the file's bytes. */
  tag: z.string(),
  /** The time at which the first site with this file was made; it names the folder of the file. */
  edition: Instant,
  /** Whether the file is stored compressed by brotli. */
  isCompressed: z.boolean(),
  /** Names the inputs of the file: a file with the same inputs is not made again. Absent if the file must be made each day. */
  sourceFingerprint: z.string().optional(),
});
export type CurrentFile = z.infer<typeof CurrentFile>;

/**
 * The files of the site, by address. It is replaced in one write after all its files are stored, so no reader sees half a
 * site.
 */
export const CurrentSite = z.object({
  /** A digest of all inputs of the site. */
  fingerprint: z.string(),
  madeAt: Instant,
  files: z.record(z.string(), CurrentFile),
});
export type CurrentSite = z.infer<typeof CurrentSite>;

/** `etag`: S3's entity tag, so that S3 does not send an unchanged site again. */
export type SiteWithEtag = { site: CurrentSite; etag: string | undefined };

const bucket = () => env("SITE_BUCKET");

/** S3 answers 403 for a missing object if the caller may not list the bucket. */
const missingStatuses = new Set([403, 404]);
const unchangedStatuses = new Set([304]);

/** The current site; undefined if none was ever made. `cached`: the caller's copy, returned if it is still current. */
export async function readSite(cached?: SiteWithEtag): Promise<SiteWithEtag | undefined> {
  const request = new GetObjectCommand({ Bucket: bucket(), Key: siteObjectKeys.current, IfNoneMatch: cached?.etag });
  return undefinedOnStatus(missingStatuses, async () => {
    const answer = await undefinedOnStatus(unchangedStatuses, () => s3.send(request));
    if (!answer) return cached;
    const text = (await answer.Body?.transformToString()) ?? "";
    return { site: CurrentSite.parse(JSON.parse(text)), etag: answer.ETag };
  });
}

/** The stored bytes of a file of the site. */
export async function readSiteFile(file: CurrentFile): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(), Key: placeOf(file) }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** Stores a file, which nobody sees until a site names it. A file that a failed run has stored already is the same. */
export async function addSiteFile(file: CurrentFile, bytes: Uint8Array): Promise<void> {
  await putIfAbsent({ Bucket: bucket(), Key: placeOf(file), Body: bytes, ContentType: file.type });
}

/** Makes this the current site. */
export async function replaceSite(site: CurrentSite): Promise<void> {
  const object = { Key: siteObjectKeys.current, Body: JSON.stringify(site), ContentType: "application/json" };
  await s3.send(new PutObjectCommand({ Bucket: bucket(), ...object }));
}

const placeOf = ({ edition, tag }: CurrentFile) => `${siteObjectKeys.editions}${edition}/${tag}`;
