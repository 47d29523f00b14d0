import { brotliCompressSync, constants } from "node:zlib";
import { fingerprint } from "#shared/domain/digest.ts";
import { dayMs } from "#shared/domain/time/duration.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { addSiteFile, exchangeSite, type StandingFile, type StandingSite } from "#shared/store/page/site.ts";
import type { SiteFile } from "./material.ts";

type Publishing = {
  files: readonly SiteFile[];
  fingerprint: string;
  /** Of the code and all that lies beside it. */
  made: string;
  now: Instant;
  standing: StandingSite | undefined;
};

const atOnce = 16;

/**
 * Adds the files that do not stand yet, and exchanges the site once all of them are there. A run that ends before that
 * has changed nothing that anybody sees.
 */
export async function publishSite({ files, standing, made, now, ...site }: Publishing): Promise<{ added: number }> {
  const waiting = files.values();
  const standingFiles: [string, StandingFile][] = [];
  const work = async () => {
    for (const file of waiting) {
      const before = standing?.files[file.path];
      standingFiles.push([file.path, await stand(file, { before, made, now })]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const kept = Object.entries(standing?.files ?? {}).filter(([path, file]) => isAsset(path) && isYoung(file, now));
  const all = new Map([...kept, ...standingFiles]);
  await exchangeSite({ ...site, madeAt: now, files: Object.fromEntries([...all].toSorted(byPath)) });
  return { added: standingFiles.filter(([, { edition }]) => edition === now).length };
}

const byPath = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);

/** Pages that were opened before go on asking for what they were dressed in. */
const isAsset = (path: string) => path.startsWith("/assets/");

type Circumstances = { before: StandingFile | undefined; made: string; now: Instant };

async function stand({ path, type, ...file }: SiteFile, { before, made, now }: Circumstances): Promise<StandingFile> {
  const kept = before && isYoung(before, now) ? before : undefined;
  const madeOf = file.madeOf === undefined ? undefined : fingerprint(made, file.madeOf);
  if (kept && madeOf !== undefined && kept.madeOf === madeOf) return kept;
  const body = typeof file.body === "function" ? await file.body() : file.body;
  const isPacked = text.test(type);
  const bytes = isPacked ? packed(body) : Buffer.from(body);
  const tag = fingerprint(path, type, bytes.toString("base64"));
  if (kept?.tag === tag) return { ...kept, madeOf };
  const standing = { type, tag, edition: now, isPacked, madeOf };
  await addSiteFile(standing, bytes);
  return standing;
}

/** A file is deleted after ninety days, so one that is to stand longer is added anew in time. */
const isYoung = ({ edition }: StandingFile, now: Instant) => Date.parse(now) - Date.parse(edition) < 30 * dayMs;

const text = /^(text\/|image\/svg\+xml|application\/(atom\+xml|json))/;

/** From 9 on, each page takes 45 ms and more to pack instead of 3, for half a percent of its bytes. */
export const packed = (body: string | Uint8Array) =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } });
