import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { fingerprint } from "#shared/domain/digest.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/domain/time/duration.ts";
import {
  addSiteFile,
  type CurrentFile,
  type CurrentSite,
  readSite,
  replaceSite,
} from "#shared/persistence/public-page.ts";
import { type AssetFile, type PageAssets, pageFiles, pageInputFiles } from "#shared/runtime/bundled-files.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { type Run, scheduled } from "../triggers/schedule.ts";
import type { Assets } from "./html/frame.ts";
import type { SiteFile } from "./model/material.ts";
import { fingerprintOf, readPageData, readSources } from "./read-material.ts";
import { siteFiles } from "./site.ts";

/** Every five minutes: makes the site anew where what stands is not made of what there is now. */
export const handler = scheduled({ run: renderPage });

/** A run that was missed, or ended halfway, is made up for by the next: it finds the same difference. */
async function renderPage({ now }: Run): Promise<string> {
  const [sources, currentSite, { assets, made, files }] = await Promise.all([
    readSources(now),
    readSite(),
    readBundledAssets(),
  ]);
  const fingerprint = fingerprintOf(sources, made);
  if (currentSite?.site.fingerprint !== fingerprint) {
    const pages = await siteFiles(await readPageData(sources, now), assets);
    const all = [...pages, ...readAssetFiles(files)];
    const { added } = await publishSite({
      files: all,
      fingerprint,
      assetDigest: made,
      now,
      currentSite: currentSite?.site,
    });
    log.info(logEvents.pageRendered, { files: all.length, added });
  }
  // While a clock is advanced nobody looks at what would only be true of a day on the way.
  return addMilliseconds(now, 30 * dayMs);
}

type SitePublication = {
  files: readonly SiteFile[];
  fingerprint: string;
  /** Of the code and all that lies beside it. */
  assetDigest: string;
  now: Instant;
  currentSite: CurrentSite | undefined;
};

const concurrency = 16;

/**
 * Adds the files that do not stand yet, and exchanges the site once all of them are there. A run that ends before that
 * has changed nothing that anybody sees.
 */
export async function publishSite({
  files,
  currentSite,
  assetDigest,
  now,
  ...site
}: SitePublication): Promise<{ added: number }> {
  const remaining = files.values();
  const standingFiles: [string, CurrentFile][] = [];
  const work = async () => {
    for (const file of remaining) {
      const before = currentSite?.files[file.path];
      standingFiles.push([file.path, await publishFile(file, { before, made: assetDigest, now })]);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const kept = Object.entries(currentSite?.files ?? {}).filter(([path, file]) => isAsset(path) && isRecent(file, now));
  const all = new Map([...kept, ...standingFiles]);
  await replaceSite({ ...site, madeAt: now, files: Object.fromEntries([...all].toSorted(byPath)) });
  return { added: standingFiles.filter(([, { edition }]) => edition === now).length };
}

const byPath = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);

/** Pages that were opened before go on asking for what they were dressed in. */
const isAsset = (path: string) => path.startsWith("/assets/");

type FileContext = { before: CurrentFile | undefined; made: string; now: Instant };

async function publishFile(
  { path, type, ...file }: SiteFile,
  { before, made, now }: FileContext,
): Promise<CurrentFile> {
  const kept = before && isRecent(before, now) ? before : undefined;
  const madeOf = file.sourceText === undefined ? undefined : fingerprint(made, file.sourceText);
  if (kept && madeOf !== undefined && kept.madeOf === madeOf) return kept;
  const body = typeof file.body === "function" ? await file.body() : file.body;
  const isPacked = textTypes.test(type);
  const bytes = isPacked ? compressBody(body) : Buffer.from(body);
  const tag = fingerprint(path, type, bytes.toString("base64"));
  if (kept?.tag === tag) return { ...kept, madeOf };
  const currentFile = { type, tag, edition: now, isPacked, madeOf };
  await addSiteFile(currentFile, bytes);
  return currentFile;
}

/** A file is deleted after ninety days, so one that is to stand longer is added anew in time. */
const isRecent = ({ edition }: CurrentFile, now: Instant) => Date.parse(now) - Date.parse(edition) < 30 * dayMs;

const textTypes = /^(text\/|image\/svg\+xml|application\/(atom\+xml|json))/;

/** From 9 on, each page takes 45 ms and more to pack instead of 3, for half a percent of its bytes. */
export const compressBody = (body: string | Uint8Array) =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } });

const readJson = async (name: string) => JSON.parse(String(await readBundled(name)));
const readBundled = (name: string) => readFile(join(import.meta.dirname, name));

/** What was laid beside the code when it was bundled (infra/page-assets.ts). */
export async function readBundledAssets(): Promise<{ assets: Assets; made: string; files: AssetFile[] }> {
  const [laid, definitions] = await Promise.all([pageFiles.assets, pageInputFiles.definitions].map(readJson));
  const { digest, style, fonts, files }: PageAssets = laid;
  return { assets: { style, fonts, definitions }, made: digest, files };
}

/** The style and the fonts, as files of the site. An address holds a digest of the bytes: they are never other ones. */
export function readAssetFiles(files: readonly AssetFile[]): SiteFile[] {
  return files.map(({ path, name, type }) => ({ path, type, madeOf: path, body: () => readBundled(name) }));
}
