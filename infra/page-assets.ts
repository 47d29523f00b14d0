import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { type LaidAssets, type LaidFile, pageFiles, sitePieces } from "#shared/runtime/page-files.ts";
import { fontLicence, fontSubset, type Weight } from "./page-fonts.ts";

const root = join(import.meta.dirname, "..");
const weights: Weight[] = [400, 700];

/** Lays style and fonts beside the code that makes the public page, with a list of their addresses. */
export async function layPageAssets(folder: string): Promise<void> {
  const lay = (name: string, bytes: string | Buffer) => writeFileSync(join(folder, name), bytes);
  const fonts: LaidFile[] = [];
  for (const weight of weights) {
    const bytes = await fontSubset(weight);
    lay(pageFiles.fonts[weight], bytes);
    fonts.push(laid(pageFiles.fonts[weight], { bytes, type: "font/woff2" }));
  }
  const pieces = Object.values(sitePieces).map((name) => readFileSync(join(folder, name), "utf8"));
  const css = await styleWith(fonts, folder);
  lay(pageFiles.style, css);
  lay(pageFiles.licence, fontLicence());
  const style = laid(pageFiles.style, { bytes: css, type: "text/css; charset=utf-8" });
  const licence = laid(pageFiles.licence, { bytes: fontLicence(), type: "text/plain; charset=utf-8" });
  const assets: LaidAssets = {
    made: digestOf(readFileSync(join(folder, "index.js")), css, ...pieces, ...fonts.map(({ path }) => path)),
    style: style.path,
    fonts: fonts.map(({ path }) => path),
    files: [style, ...fonts, licence],
  };
  lay(pageFiles.assets, JSON.stringify(assets));
}

/** A file whose address holds a digest of its bytes, so that whoever has it never asks again. */
function laid(name: string, { bytes, type }: { bytes: string | Buffer; type: string }): LaidFile {
  const [stem, extension] = [name.replace(/\.\w+$/, ""), /\w+$/.exec(name)?.[0]];
  return { path: `/assets/${stem}.${digestOf(bytes)}.${extension}`, name, type };
}

/** The pages' style and the drawings', in which fonts are named as they lie beside the code. */
async function styleWith(fonts: readonly LaidFile[], folder: string): Promise<string> {
  const styles = [join(folder, sitePieces.drawings), join(root, "functions/page/style.css")];
  const { code } = await transform(styles.map((file) => readFileSync(file, "utf8")).join("\n"), {
    loader: "css",
    minify: true,
    legalComments: "none",
  });
  return fonts.reduce((css, { name, path }) => css.replaceAll(name, path), code);
}

function digestOf(...parts: (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 12);
}
