import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { type DeskFile, deskFiles, pageFiles } from "#shared/runtime/bundled-files.ts";
import { digestOf, fontSubset, fontWeights } from "./page-assets.ts";

const root = join(import.meta.dirname, "../..");
const desk = join(root, "functions/desk");

/** Browsers of five years ago: what the desk may use without more. */
export const browsers = ["chrome96", "firefox95"];

/** The address of a file of the desk below `/desk/`. It holds a digest, so that browsers may cache the file forever. */
export const deskAssetPath = (name: string, bytes: Buffer | string) => `assets/${digestOf(bytes)}-${name}`;

/** Builds the desk and the page of employees into `folder`: scripts, style, fonts, the pages that name them, and the list of all files. */
export async function writeDesk(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const files: DeskFile[] = [];
  const add = (name: string, type: string, bytes: Buffer | string): string => {
    const isCompressed = !type.startsWith("font/");
    const path = deskAssetPath(name, bytes);
    writeFileSync(join(folder, name), isCompressed ? brotliCompressSync(bytes) : bytes);
    files.push({ path, name, type, isCompressed });
    return path;
  };
  const fonts = new Map<string, string>();
  for (const weight of fontWeights)
    fonts.set(pageFiles.fonts[weight], add(pageFiles.fonts[weight], "font/woff2", await fontSubset(weight)));
  const { script, employeeScript, style } = await bundleDesk();
  const addressed = [...fonts].reduce((css, [name, path]) => css.replaceAll(name, `/desk/${path}`), style);
  const names = {
    "%SCRIPT%": add("desk.js", "text/javascript; charset=utf-8", script),
    "%EMPLOYEE_SCRIPT%": add("employee-page.js", "text/javascript; charset=utf-8", employeeScript),
    "%CSS%": add("desk.css", "text/css; charset=utf-8", addressed),
    "%ICON%": add("icon.svg", "image/svg+xml", readFileSync(join(desk, "icon.svg"))),
  };
  for (const name of [deskFiles.page, deskFiles.employeePage]) {
    const page = Object.entries(names).reduce(
      (html, [mark, path]) => html.replace(mark, () => path.replace("assets/", "")),
      readFileSync(join(desk, pageSources[name]), "utf8"),
    );
    writeFileSync(join(folder, name), page);
  }
  writeFileSync(join(folder, deskFiles.list), JSON.stringify(files));
}

const pageSources = {
  [deskFiles.page]: "index.html",
  [deskFiles.employeePage]: "employee-page/index.html",
};

/** The scripts of the desk and of the page of employees, each with all that it needs, and their style. */
export async function bundleDesk(): Promise<{ script: string; employeeScript: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: {
      desk: join(desk, "main.tsx"),
      employee: join(desk, "employee-page/main.tsx"),
      style: join(desk, "style.css"),
    },
    outdir: join(root, "desk"),
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: browsers,
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    external: ["*.woff2"],
    alias: { "@foad/client": join(root, "infra/programs/client/client.ts") },
  });
  const textOf = (name: string) => outputFiles.find(({ path }) => path.endsWith(`/${name}`))?.text ?? "";
  return { script: textOf("desk.js"), employeeScript: textOf("employee.js"), style: textOf("style.css") };
}
