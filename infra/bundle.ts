import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import { codecFiles } from "#shared/runtime/codec-files.ts";
import { drawnWith } from "#shared/runtime/page-files.ts";
import { withoutTheUnused } from "./left-out.ts";
import { layPageAssets } from "./page-assets.ts";

const root = join(import.meta.dirname, "..");
/** Where the source maps believe that they lie: the same code is then the same asset, wherever it was made. */
const supposed = join(root, "cdk.out/bundles");
/** The ES module of PDFium asks for the address of its own file, which CommonJS does not have. */
const alias = { "@embedpdf/pdfium": join(root, "node_modules/@embedpdf/pdfium/dist/index.cjs") };

/** Makes every function's bundle in one run of esbuild: a folder each, ready to be an asset. */
export async function bundleFunctions({ entries, outdir, provinceFile, edge = "" }: Bundling): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: Object.entries(entries).map(([name, entry]) => ({ in: join(root, entry), out: join(name, "index") })),
    outdir: supposed,
    write: false,
    bundle: true,
    minify: true,
    // An ESM bundle pays 20 to 30 ms for each static import of a Node module at start.
    format: "cjs",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    sourcemap: "linked",
    sourcesContent: false,
    charset: "utf8",
    absWorkingDir: root,
    define: definitions(edge),
    alias,
    plugins: [withoutTheUnused, evaluatedModules(provinceFile)],
  });
  for (const { path, contents } of outputFiles) {
    const file = join(outdir, relative(supposed, path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  if (entries.public) await node(["infra/documents/documents.ts", join(outdir, "public")], provinceFile);
  if (entries["clean-file"]) copyBeside(join(outdir, "clean-file"), codecs);
  if (entries["render-page"]) {
    copyBeside(join(outdir, "render-page"), drawnWith);
    await node(["infra/documents/site.ts", join(outdir, "render-page")], provinceFile);
    await layPageAssets(join(outdir, "render-page"));
  }
  // The project's own package.json would make the bundle an ES module where it is run from inside the project.
  for (const name of Object.keys(entries)) writeFileSync(join(outdir, name, "package.json"), '{"type":"commonjs"}');
}

/** So that code finds the files beside it, bundled or not. */
const definitions = (edge: string) => ({
  "import.meta.dirname": "__dirname",
  "import.meta.filename": "__filename",
  "process.env.FOAD_EDGE": JSON.stringify(edge),
});

type Bundling = {
  /** Entry file by function name, relative to the project. */
  entries: Record<string, string>;
  outdir: string;
  /** The file of the province whose slices are compiled in. */
  provinceFile: string;
  /** Whether the API's functions ask for what the edge adds; only then they carry what that takes. */
  edge?: "demanded" | "";
};

/** One of them is under the LGPL: whoever has the bundle can put another in its place. */
const codecs = Object.fromEntries(Object.values(codecFiles).map((file) => [basename(file), file]));

/** Lays files of packages beside the code as they are: their place in the packages by their name there. */
function copyBeside(folder: string, files: Record<string, string>): void {
  for (const [name, file] of Object.entries(files)) copyFileSync(join(root, "node_modules", file), join(folder, name));
}

/**
 * Runs each module named `*.static.ts` now, for this province, and compiles its exports in as constants. Each export is a
 * module of its own: how short names are given out depends on the letters of every module of a bundle, so that a
 * function would otherwise change with slices that it does not carry.
 */
function evaluatedModules(provinceFile: string): Plugin {
  const slices = new Map<string, string>();
  return {
    name: "evaluated-modules",
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /\.static\.ts$/ }, async ({ path }) => {
        const contents = Object.entries(await evaluate({ path, provinceFile })).map(([name, value]) => {
          const slice = `${relative(root, path)}/${name}`;
          slices.set(slice, constant(name, value));
          return `export { ${name} } from ${JSON.stringify(`slice:${slice}`)};`;
        });
        return { contents: contents.join("\n") };
      });
      onResolve({ filter: /^slice:/ }, ({ path }) => ({
        path: path.slice("slice:".length),
        namespace: "slice",
        sideEffects: false,
      }));
      onLoad({ filter: /.*/, namespace: "slice" }, ({ path }) => ({ contents: slices.get(path) ?? "" }));
    },
  };
}

/** Parsed at run time, which is faster than a literal, and marked pure so that an unused slice is left out. */
function constant(name: string, value: unknown): string {
  return `export const ${name} = /* @__PURE__ */ JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
}

type Evaluation = { path: string; provinceFile: string };

async function evaluate({ path, provinceFile }: Evaluation): Promise<Record<string, unknown>> {
  const print = `import * as all from ${JSON.stringify(pathToFileURL(path).href)}; process.stdout.write(JSON.stringify(all))`;
  return JSON.parse(await node(["--input-type=module", "--eval", print], provinceFile));
}

/** Runs Node with the province's file in its environment, and returns what it prints. */
async function node(args: string[], provinceFile: string): Promise<string> {
  const env = { ...process.env, FOAD_PROVINCE_FILE: provinceFile };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** The folder for an assembly's bundles, beside what CDK writes; made if it is missing. */
export function bundleFolder(outdir: string): string {
  const folder = join(outdir, "bundles");
  mkdirSync(folder, { recursive: true });
  return folder;
}
