import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type LaidAssets, type LaidFile, pageFiles, sitePieces } from "#shared/runtime/page-files.ts";
import type { Assets } from "./html/setting.ts";
import type { SiteFile } from "./material.ts";

const readJson = async (name: string) => JSON.parse(String(await read(name)));
const read = (name: string) => readFile(join(import.meta.dirname, name));

/** What was laid beside the code when it was bundled (infra/page-assets.ts). */
export async function beside(): Promise<{ assets: Assets; made: string; files: LaidFile[] }> {
  const [laid, definitions] = await Promise.all([pageFiles.assets, sitePieces.definitions].map(readJson));
  const { made, style, fonts, files }: LaidAssets = laid;
  return { assets: { style, fonts, definitions }, made, files };
}

/** The style and the fonts, as files of the site. An address holds a digest of the bytes: they are never other ones. */
export function readAssetFiles(files: readonly LaidFile[]): SiteFile[] {
  return files.map(({ path, name, type }) => ({ path, type, madeOf: path, body: () => read(name) }));
}
