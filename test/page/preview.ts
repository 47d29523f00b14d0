import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { drawingsStyle } from "#functions/page/drawings/colours.ts";
import type { SiteFile } from "#functions/page/material.ts";
import { siteFiles } from "#functions/page/site.ts";
import { definitions } from "../../infra/documents/statistics/definitions.ts";
import { chromiumPath } from "../support/chromium-path.ts";
import { aMaterial, aPublishedWorld } from "./a-material.ts";

/**
 * Makes the pages of an invented year, and pictures of them: `npm run preview:page -- FOLDER`. Fonts are those of the
 * machine, unless the style's bundle names its own.
 */
const [folder = ".local/page"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const bodyOf = async (body: SiteFile["body"]) => (typeof body === "function" ? body() : body);

const here = import.meta.dirname;
const style = [drawingsStyle(), readOr(join(here, "../../functions/page/style.css"))].join("\n");
const assets = { style: "/style.css", fonts: [], definitions };
const files = await siteFiles(aMaterial(aPublishedWorld()), assets);
const bodies = new Map<string, { type: string; body: string | Uint8Array }>([
  ...(await Promise.all(
    files.map(async ({ path, type, body }) => [path, { type, body: await bodyOf(body) }] as const),
  )),
  ["/style.css", { type: "text/css", body: style }],
]);
for (const name of ["vazirmatn-400.woff2", "vazirmatn-700.woff2"]) {
  const font = readOr(join(process.env.FONTS ?? here, name), "latin1");
  if (font) bodies.set(`/${name}`, { type: "font/woff2", body: Buffer.from(font, "latin1") });
}

function readOr(file: string, encoding: BufferEncoding = "utf8"): string {
  try {
    return readFileSync(file, encoding);
  } catch {
    return "";
  }
}

const csp = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'";
const server = createServer(({ url = "/" }, response) => {
  const found = bodies.get(url);
  response.writeHead(found ? 200 : 404, {
    "content-type": found?.type ?? "text/plain",
    "content-security-policy": csp,
  });
  response.end(found?.body);
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const paths = ["/", "/en", "/agencies/agency-2", "/en/agencies/agency-2"];
const only = process.env.ONLY;
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: ["--no-sandbox"] });
/** How high a picture is at the most. */
const cut = 1_600;
/** An A4 page without its margins, in CSS pixels. */
const paper = { width: 703, height: 1054 };
const looks = [
  ...Object.entries(sizes).flatMap(([size, viewport]) =>
    (["light", "dark"] as const).map((scheme) => ({
      look: `${scheme}-${size}`,
      viewport,
      scheme,
      media: "screen" as const,
    })),
  ),
  { look: "print", viewport: paper, scheme: "light" as const, media: "print" as const },
];
for (const path of paths)
  for (const { look, viewport, scheme, media } of looks) {
    const name = `${path === "/" ? "fa" : path.slice(1).replaceAll("/", "-")}-${look}`;
    if (only && !name.match(only)) continue;
    const page = await browser.newPage({ viewport, colorScheme: scheme });
    page.on("console", (message) => say(`${name}: ${message.text()}`));
    await page.emulateMedia({ media });
    await page.goto(origin + path);
    const [width, height] = (await page.evaluate(
      "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]",
    )) as [number, number];
    if (width > viewport.width) say(`${name}: ${width - viewport.width} px too wide`);
    if (media === "print" && height > paper.height) say(`${name}: ${height - paper.height} px too high for one page`);
    // Cut, since what is very high cannot be looked at.
    for (let from = 0, part = 1; from < height; from += cut, part++)
      await page.screenshot({
        path: join(folder, `${name}-${part}.png`),
        fullPage: true,
        clip: { x: 0, y: from, width: viewport.width, height: Math.min(cut, height - from) },
      });
    await page.close();
  }
await browser.close();
server.close();
for (const [path, { body }] of bodies) {
  writeFileSync(
    join(folder, `${path.slice(1).replaceAll("/", "-") || "index"}${path.includes(".") ? "" : ".html"}`),
    body,
  );
  if (paths.includes(path) || path.endsWith(".css")) say(`${path}: ${gzipSync(body).length} bytes of gzip`);
}
