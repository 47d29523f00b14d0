import { execFile } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import { codecFiles, deskFiles, drawingFiles, secondReaderFiles } from "#shared/runtime/bundled-files.ts";
import { writeDesk } from "./desk-assets.ts";
import { writePageAssets } from "./page-assets.ts";

const root = join(import.meta.dirname, "../..");

/** The entry file of every function's bundle, by the function's name in the stacks: each file `<name>.function.ts`. */
export const entries: Record<string, string> = Object.fromEntries(
  globSync("functions/**/*.function.ts", { cwd: root })
    .sort()
    .map((file) => [basename(file, ".function.ts"), file]),
);

/** Lambda gives credentials in the environment. The SDK's other credential providers would only make bundles larger. */
const unusedProviders =
  /^@aws-sdk\/credential-provider-(sso|ini|process|web-identity|login|cognito-identity|http)$|^@smithy\/credential-provider-imds$/;

/** Files that libraries always import, although our functions never use what these files do. */
const unusedFiles = [
  // JSON Schemas are made during bundling; no function makes one at run time.
  "zod/v4/core/(json-schema-processors|to-json-schema)",
  // The API never shows zod's own messages; it has its own.
  "zod/v4/locales/en",
  // The endpoint of DynamoDB is known, so it need not be discovered.
  "@aws-sdk/endpoint-cache/dist-es/EndpointCache",
  // We call no operation that answers with an event stream, or that signs one.
  "@smithy/core/dist-es/submodules/event-streams/(EventStreamSerde|eventstream-(codec|serde|serde-universal)/\\w+)",
  "@smithy/signature-v4/dist-es/HeaderFormatter",
  // Node has its own SHA-256.
  "@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js",
  // No client uses adaptive retries, or asks the instance metadata for its region.
  "@smithy/core/dist-es/submodules/retry/util-retry/(DefaultRateLimiter|AdaptiveRetryStrategy)",
  "@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion",
];

/** An esbuild plugin that removes code that is never used. The bundler itself cannot see that it is unused. */
export const excludeUnusedModules: Plugin = {
  name: "without-the-unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: unusedProviders }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export {}" }));
    onLoad({ filter: new RegExp(`/node_modules/(${unusedFiles.join("|")})\\.js$`) }, ({ path }) => ({
      contents: withEmptyExports(readFileSync(path, "utf8")),
    }));
    // An SDK client reads only the version from its package.json. The rest of that file would be bundled too.
    onLoad({ filter: /\/node_modules\/@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    // The bundler removes an unused shape only if the names of its fields are literals.
    onLoad({ filter: /\/node_modules\/@aws-sdk\/client-[^/]+\/.*\/schemas_0\.js$/ }, ({ path }) => ({
      contents: withLiteralNames(readFileSync(path, "utf8")),
    }));
  },
};

/** Replaces each computed field name (`[_A]:`) by the literal that its constant holds. */
function withLiteralNames(source: string): string {
  const constants = new Map([...source.matchAll(/^const (_\w+) = (".*");$/gm)].map(([, name, text]) => [name, text]));
  return source.replaceAll(/\[(_\w+)\]:/g, (computed, name) =>
    constants.has(name) ? `${constants.get(name)}:` : computed,
  );
}

/** Returns a module with the same exports, each a function that does nothing. Constructors of clients call some of them. */
function withEmptyExports(source: string): string {
  const names = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
  const itself = /^export default/m.test(source) ? "export default function () {}" : "";
  return `${names.map((name) => `export function ${name}() {}`).join("\n")}\n${itself}`;
}

/** The folder that source maps name. It is always the same, so that the same code is the same asset on every machine. */
const virtualOutdir = join(root, "cdk.out/bundles");
/** PDFium's ES module needs `import.meta.url`, which a CommonJS bundle does not have. */
const alias = { "@embedpdf/pdfium": join(root, "node_modules/@embedpdf/pdfium/dist/index.cjs") };

/** Bundles every function in one run of esbuild. Each function gets its own folder in `outdir`, ready to be an asset. */
export async function bundleFunctions({ entries, outdir, provinceFile, edge = "" }: Bundling): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: Object.entries(entries).map(([name, entry]) => ({ in: join(root, entry), out: join(name, "index") })),
    outdir: virtualOutdir,
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
    plugins: [excludeUnusedModules, inlineStaticModules(provinceFile)],
  });
  for (const { path, contents } of outputFiles) {
    const file = join(outdir, relative(virtualOutdir, path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  if (entries.public) await node(["infra/programs/documents/write-documents.ts", join(outdir, "public")], provinceFile);
  if (entries["clean-file"]) copyIntoBundle(join(outdir, "clean-file"), { ...codecs, ...secondReaderFiles });
  if (entries["render-page"]) {
    copyIntoBundle(join(outdir, "render-page"), drawingFiles);
    await node(["infra/programs/documents/write-page-pieces.ts", join(outdir, "render-page")], provinceFile);
    await writePageAssets(join(outdir, "render-page"));
  }
  if (entries["read-page"]) await writeDesk(join(outdir, "read-page", deskFiles.folder));
  // The project's own package.json would make the bundle an ES module where it is run from inside the project.
  for (const name of Object.keys(entries)) writeFileSync(join(outdir, name, "package.json"), '{"type":"commonjs"}');
}

/** What esbuild replaces in the code. With the first two, code finds the files beside it, bundled or not. */
const definitions = (edge: string) => ({
  "import.meta.dirname": "__dirname",
  "import.meta.filename": "__filename",
  "process.env.FOAD_EDGE_REQUIRED": JSON.stringify(edge),
});

type Bundling = {
  /** Entry file by function name, relative to the project's folder. */
  entries: Record<string, string>;
  outdir: string;
  /** Path of the province file; parts of it are compiled in. */
  provinceFile: string;
  /** `required`: API functions refuse requests that did not come through the edge. Only then is that check bundled. */
  edge?: "required" | "";
};

/** Two codecs are under the LGPL. They stay separate files, so that anybody who has the bundle can replace them. */
const codecs = Object.fromEntries(Object.values(codecFiles).map((file) => [basename(file), file]));

/** Copies files into a bundle. `files`: path in the project by name in the bundle. */
function copyIntoBundle(folder: string, files: Record<string, string>): void {
  for (const [name, file] of Object.entries(files)) copyFileSync(join(root, file), join(folder, name));
}

/**
 * An esbuild plugin that runs each module named `*.static.ts` during bundling, for this province, and compiles the exports
 * in as constants. Each export becomes its own module, called a slice. The minifier chooses short names by the text of all
 * modules in a bundle; in one module, a function's code would change with exports that it does not use.
 */
function inlineStaticModules(provinceFile: string): Plugin {
  const slices = new Map<string, string>();
  return {
    name: "evaluated-modules",
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /\.static\.ts$/ }, async ({ path }) => {
        const contents = Object.entries(await evaluate({ path, provinceFile })).map(([name, value]) => {
          const slice = `${relative(root, path)}/${name}`;
          slices.set(slice, constantModule(name, value));
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

/** `JSON.parse` at run time is faster than an object literal. The mark `PURE` lets esbuild drop an unused slice. */
function constantModule(name: string, value: unknown): string {
  return `export const ${name} = /* @__PURE__ */ JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
}

async function evaluate({
  path,
  provinceFile,
}: {
  path: string;
  provinceFile: string;
}): Promise<Record<string, unknown>> {
  const print = `import * as all from ${JSON.stringify(pathToFileURL(path).href)}; process.stdout.write(JSON.stringify(all))`;
  return JSON.parse(await node(["--input-type=module", "--eval", print], provinceFile));
}

/** Runs Node with FOAD_PROVINCE_FILE set, and returns its standard output. */
async function node(args: string[], provinceFile: string): Promise<string> {
  const env = { ...process.env, FOAD_PROVINCE_FILE: provinceFile };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Returns the folder for bundles inside an assembly's folder, and creates it if it is missing. */
export function bundleFolder(outdir: string): string {
  const folder = join(outdir, "bundles");
  mkdirSync(folder, { recursive: true });
  return folder;
}
