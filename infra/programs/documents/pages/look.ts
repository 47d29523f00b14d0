import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, transform } from "esbuild";
import type { DocsDigests } from "#functions/documents/documents.api.ts";
import { palettes } from "#functions/public-page/drawings/colours.ts";
import { browsers, deskAssetPath } from "#infra/bundles/desk-assets.ts";
import { fontSubset, fontWeights } from "#infra/bundles/page-assets.ts";
import { pageFiles } from "#shared/runtime/bundled-files.ts";

/** The style and the script of every page, and their digests for the security policy. */
export type Look = { style: string; script: string; digests: DocsDigests };

const read = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");
const digestOf = (text: string) => createHash("sha256").update(text).digest("base64");

const colours = (palette: Record<string, string>) =>
  `:root{${Object.entries(palette)
    .map(([role, colour]) => `--${role}:${colour}`)
    .join(";")}}`;

/** Makes style and script. The fonts are those of the desk, at their addresses below `/desk`. */
export async function makeLook(): Promise<Look> {
  const palette = [
    colours(palettes.light),
    `@media (prefers-color-scheme:dark){${colours(palettes.dark)}}`,
    `@media print{${colours(palettes.print)}}`,
  ].join("\n");
  let css = (await transform(palette + read("page-style.css"), { loader: "css", minify: true })).code.trim();
  for (const weight of fontWeights) {
    const name = pageFiles.fonts[weight];
    css = css.replaceAll(name, `/desk/${deskAssetPath(name, await fontSubset(weight))}`);
  }
  const script = await scriptOf("page-script.js");
  return { style: css, script, digests: { style: digestOf(css), script: digestOf(script) } };
}

/** A script with what it imports, as one text. */
async function scriptOf(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, name)],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: browsers,
    charset: "utf8",
  });
  return (outputFiles[0]?.text ?? "").trim();
}
