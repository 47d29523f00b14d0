import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawingsStyle } from "#functions/public-page/drawings/colours.ts";
import type { SiteFile } from "#functions/public-page/model/material.ts";
import { pageHeaders } from "#functions/public-page/page-route.ts";
import { compressBody } from "#functions/public-page/render-page.function.ts";
import { siteFiles } from "#functions/public-page/site.ts";
import { writePageAssets } from "#infra/bundles/page-assets.ts";
import { definitions } from "#infra/programs/documents/statistics/definitions.ts";
import { type PageAssets, pageFiles, pageInputFiles } from "#shared/runtime/bundled-files.ts";
import type { Period } from "#shared/time/period.ts";
import { aMaterial } from "./a-material.ts";
import { aPublishedWorld } from "./a-published-world.ts";

export type ServedSite = {
  origin: string;
  /** Where the pages say that they are. */
  publicUrl: string;
  closed: readonly Period[];
  files: Map<string, SiteFile>;
  close(): Promise<void>;
};

/** The site of an invented year with the style and fonts of a deployment, sent as the API sends it: packed, with its headers. */
export async function serveSite(material = aMaterial(aPublishedWorld())): Promise<ServedSite> {
  const { style, fonts, files: assets } = await layAssets();
  const pages = await siteFiles(material, { style, fonts, definitions });
  const files = new Map([...pages, ...assets].map((file) => [file.path, file]));
  const server = createServer(async ({ url = "" }, response) => {
    const file = files.get(new URL(url, "http://127.0.0.1").pathname);
    if (!file) return response.writeHead(404).end();
    const body = typeof file.body === "function" ? await file.body() : file.body;
    const isCompressed = !/^(font|image\/png)/.test(file.type);
    const coding = isCompressed && { "content-encoding": "br" };
    return response.writeHead(200, { ...pageHeaders(file), ...coding }).end(isCompressed ? compressBody(body) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const { closed, province } = material;
  return { origin: `http://127.0.0.1:${port}`, publicUrl: province.publicUrl, closed, files, close };
}

async function layAssets(): Promise<{ style: string; fonts: string[]; files: SiteFile[] }> {
  const folder = mkdtempSync(join(tmpdir(), "foad-site-"));
  writeFileSync(join(folder, "index.js"), "");
  writeFileSync(join(folder, pageInputFiles.definitions), JSON.stringify(definitions));
  writeFileSync(join(folder, pageInputFiles.drawings), drawingsStyle());
  await writePageAssets(folder);
  const laid: PageAssets = JSON.parse(readFileSync(join(folder, pageFiles.assets), "utf8"));
  const files = laid.files.map(({ path, name, type }) => ({ path, type, body: readFileSync(join(folder, name)) }));
  rmSync(folder, { recursive: true });
  return { ...laid, files };
}
