import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { Instant } from "../domain/time/calendar.ts";
import { env } from "../runtime/environment.ts";
import { siteObjectKeys } from "../runtime/keys.ts";
import { putIfAbsent, s3, undefinedOnStatus } from "./objects.ts";

const CurrentFile = z.object({
  type: z.string(),
  /** Other bytes have another one. */
  tag: z.string(),
  /** When the site was made that this file was first a part of: it stands in that one's folder. */
  edition: Instant,
  /** Whether it is kept compressed by brotli. */
  isPacked: z.boolean(),
  /** What it was drawn from, where it may stand for longer than a day. */
  madeOf: z.string().optional(),
});
export type CurrentFile = z.infer<typeof CurrentFile>;

/** Which files are the site, by address. Exchanged in one write once all of them are there: no reader sees a half. */
export const CurrentSite = z.object({
  /** Of all that it was made of. */
  fingerprint: z.string(),
  madeAt: Instant,
  files: z.record(z.string(), CurrentFile),
});
export type CurrentSite = z.infer<typeof CurrentSite>;

/** `etag`: S3's own, by which an unchanged site is not sent twice. */
export type SiteWithEtag = { site: CurrentSite; etag: string | undefined };

const bucket = () => env("SITE_BUCKET");

/** 403 is how S3 names what is not there to whoever may not list. */
const missingStatuses = new Set([403, 404]);
const unchangedStatuses = new Set([304]);

/** The site that stands; undefined where none was ever made. `had`: what the caller has, which is returned if it still stands. */
export async function readSite(had?: SiteWithEtag): Promise<SiteWithEtag | undefined> {
  const request = new GetObjectCommand({ Bucket: bucket(), Key: siteObjectKeys.current, IfNoneMatch: had?.etag });
  return undefinedOnStatus(missingStatuses, async () => {
    const answer = await undefinedOnStatus(unchangedStatuses, () => s3.send(request));
    if (!answer) return had;
    const text = (await answer.Body?.transformToString()) ?? "";
    return { site: CurrentSite.parse(JSON.parse(text)), etag: answer.ETag };
  });
}

/** A file of the site, as it is kept. */
export async function readSiteFile(file: CurrentFile): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(), Key: placeOf(file) }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** Adds a file that nobody sees until a site names it. One that is there already, of a run that ended early, is the same. */
export async function addSiteFile(file: CurrentFile, bytes: Uint8Array): Promise<void> {
  await putIfAbsent({ Bucket: bucket(), Key: placeOf(file), Body: bytes, ContentType: file.type });
}

/** From now on this is the site. */
export async function replaceSite(site: CurrentSite): Promise<void> {
  const object = { Key: siteObjectKeys.current, Body: JSON.stringify(site), ContentType: "application/json" };
  await s3.send(new PutObjectCommand({ Bucket: bucket(), ...object }));
}

const placeOf = ({ edition, tag }: CurrentFile) => `${siteObjectKeys.editions}${edition}/${tag}`;
