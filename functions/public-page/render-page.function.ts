import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { fingerprint } from "#shared/digest.ts";
import { type AssetFile, type PageAssets, pageFiles, pageInputFiles } from "#shared/runtime/bundled-files.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import {
  addSiteFile,
  type CurrentFile,
  type CurrentSite,
  readSite,
  replaceSite,
} from "../figures/page-editions.store.ts";
import { type Run, scheduled } from "../triggers/schedule.ts";
import type { Assets } from "./html/frame.ts";
import type { SiteFile } from "./model/material.ts";
import { fingerprintOf, readPageData, readSources } from "./read-material.ts";
import { siteFiles } from "./site.ts";

/** Runs every five minutes. Makes the site anew if its inputs have changed since it was made. */
export const handler = scheduled({ run: renderPage });

/** If a run is missed or ends halfway, the next run finds the same difference and makes the site. */
async function renderPage({ now }: Run): Promise<string> {
  const [sources, currentSite, { assets, assetDigest, files }] = await Promise.all([
    readSources(now),
    readSite(),
    readBundledAssets(),
  ]);
  const fingerprint = fingerprintOf(sources, assetDigest);
  if (currentSite?.site.fingerprint !== fingerprint) {
    const pages = await siteFiles(await readPageData(sources, now), assets);
    const all = [...pages, ...readAssetFiles(files)];
    const { added } = await publishSite({
      files: all,
      fingerprint,
      assetDigest,
      now,
      currentSite: currentSite?.site,
    });
    log.info(logEvents.pageRendered, { files: all.length, added });
  }
  // Only the local cloud reads this time. When its clock is advanced, nobody opens the pages of the days in between.
  return addMilliseconds(now, 30 * dayMs);
}

type SitePublication = {
  files: readonly SiteFile[];
  fingerprint: string;
  /** Digest of the code and of the files beside it. */
  assetDigest: string;
  now: Instant;
  currentSite: CurrentSite | undefined;
};

const concurrency = 16;

/**
 * Stores the files that are new or changed, then replaces the list of files that make the site. Readers see the earlier site
 * until then. Returns how many files were stored.
 */
export async function publishSite({
  files,
  currentSite,
  assetDigest,
  now,
  ...site
}: SitePublication): Promise<{ added: number }> {
  const remaining = files.values();
  const currentFiles: [string, CurrentFile][] = [];
  const work = async () => {
    for (const file of remaining) {
      const before = currentSite?.files[file.path];
      currentFiles.push([file.path, await publishFile(file, { before, assetDigest, now })]);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const kept = Object.entries(currentSite?.files ?? {}).filter(([path, file]) => isAsset(path) && isRecent(file, now));
  const all = new Map([...kept, ...currentFiles]);
  await replaceSite({ ...site, madeAt: now, files: Object.fromEntries([...all].toSorted(byPath)) });
  return { added: currentFiles.filter(([, { edition }]) => edition === now).length };
}

const byPath = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);

/** Styles and fonts of earlier sites are kept, since pages that are open in a browser still load them. */
const isAsset = (path: string) => path.startsWith("/assets/");

async function publishFile(
  { path, type, ...file }: SiteFile,
  { before, assetDigest, now }: { before: CurrentFile | undefined; assetDigest: string; now: Instant },
): Promise<CurrentFile> {
  const kept = before && isRecent(before, now) ? before : undefined;
  const sourceFingerprint = file.sourceText === undefined ? undefined : fingerprint(assetDigest, file.sourceText);
  if (kept && sourceFingerprint !== undefined && kept.sourceFingerprint === sourceFingerprint) return kept;
  const body = typeof file.body === "function" ? await file.body() : file.body;
  const isCompressed = textTypes.test(type);
  const bytes = isCompressed ? compressBody(body) : Buffer.from(body);
  const tag = fingerprint(path, type, bytes.toString("base64"));
  if (kept?.tag === tag) return { ...kept, sourceFingerprint };
  const currentFile = { type, tag, edition: now, isCompressed, sourceFingerprint };
  await addSiteFile(currentFile, bytes);
  return currentFile;
}

/** The bucket deletes a file after 90 days, so a file of 30 days is stored again. */
const isRecent = ({ edition }: CurrentFile, now: Instant) => Date.parse(now) - Date.parse(edition) < 30 * dayMs;

const textTypes = /^(text\/|image\/svg\+xml|application\/(atom\+xml|json))/;

/** Quality 8 takes 3 ms for a page. Quality 9 and more takes 45 ms or longer and saves 0.5 % of the bytes. */
export const compressBody = (body: string | Uint8Array) =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } });

const readJson = async (name: string) => JSON.parse(String(await readBundled(name)));
const readBundled = (name: string) => readFile(join(import.meta.dirname, name));

/** Reads the files that bundling put beside the code (infra/bundles/page-assets.ts), and the digest of code and files. */
export async function readBundledAssets(): Promise<{ assets: Assets; assetDigest: string; files: AssetFile[] }> {
  const [pageAssets, definitions] = await Promise.all([pageFiles.assets, pageInputFiles.definitions].map(readJson));
  const { digest: assetDigest, style, fonts, files }: PageAssets = pageAssets;
  return { assets: { style, fonts, definitions }, assetDigest, files };
}

/** The style sheet and the fonts as files of the site. Each address holds a digest of the bytes, so its bytes never change. */
export function readAssetFiles(files: readonly AssetFile[]): SiteFile[] {
  return files.map(
    ({ path, name, type }): SiteFile => ({ path, type, sourceText: path, body: () => readBundled(name) }),
  );
}
