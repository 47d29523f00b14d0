import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import { codecFiles, drawingFiles } from "#shared/runtime/bundled-files.ts";
import { writePageAssets } from "./page-assets.ts";
import { apiFunctions } from "./routes.ts";

/** The entry file of every function's bundle, by the function's name in the stacks. */
export const entries: Record<string, string> = {
  ...Object.fromEntries(apiFunctions.map((name) => [name, `functions/api/${name}.ts`])),
  "dispatch-event": "functions/delivery/dispatch-event.ts",
  "place-call": "functions/call-backs/place-call.ts",
  "send-canary": "functions/canary/send-canary.ts",
  "send-notification": "functions/notifications/send-notification.ts",
  "note-bounce": "functions/notifications/note-bounce.ts",
  "sweep-due": "functions/escalation/sweep-due.ts",
  "raise-complaint": "functions/escalation/raise-complaint.ts",
  "move-deadlines": "functions/escalation/move-deadlines.ts",
  "close-periods": "functions/statistics/close-periods.ts",
  "count-own-figures": "functions/statistics/count-own-figures.ts",
  "forget-complaints": "functions/retention/forget-complaints.ts",
  "render-page": "functions/public-page/render-page.ts",
  "clean-file": "functions/attachments/clean-file.ts",
  "confirm-attachment": "functions/attachments/confirm-attachment.ts",
  "watch-queues": "functions/delivery/watch-queues.ts",
  "push-events": "functions/delivery/push-events.ts",
  "note-undelivered": "functions/delivery/note-undelivered.ts",
  "redrive-events": "functions/delivery/redrive-events.ts",
};

/** Functions get their credentials from the environment; the SDK's other ways to find some would only add weight. */
const unusedProviders =
  /^@aws-sdk\/credential-provider-(sso|ini|process|web-identity|login|cognito-identity|http)$|^@smithy\/credential-provider-imds$/;

/** Files of libraries that are always brought along, and of which no function of ours comes to call anything that matters. */
const unusedFiles = [
  // Documents are made where bundles are; no function describes a schema.
  "zod/v4/core/(json-schema-processors|to-json-schema)",
  // Nobody reads zod's own words: problems are told in ours.
  "zod/v4/locales/en",
  // DynamoDB's endpoint is known and not to be discovered.
  "@aws-sdk/endpoint-cache/dist-es/EndpointCache",
  // No operation that is called streams its answer as events, and none signs such.
  "@smithy/core/dist-es/submodules/event-streams/(EventStreamSerde|eventstream-(codec|serde|serde-universal)/\\w+)",
  "@smithy/signature-v4/dist-es/HeaderFormatter",
  // Node has its own.
  "@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js",
  // No client is set to adapt its rate, or to find out in which region it is.
  "@smithy/core/dist-es/submodules/retry/util-retry/(DefaultRateLimiter|AdaptiveRetryStrategy)",
  "@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion",
];

/** Leaves out what is never used, in ways that a bundler cannot see. */
export const excludeUnusedModules: Plugin = {
  name: "without-the-unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: unusedProviders }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export {}" }));
    onLoad({ filter: new RegExp(`/node_modules/(${unusedFiles.join("|")})\\.js$`) }, ({ path }) => ({
      contents: withEmptyExports(readFileSync(path, "utf8")),
    }));
    // A client asks its own for the version alone, and would carry the names of all that it takes to build it.
    onLoad({ filter: /\/node_modules\/@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    // A shape that nobody asks for is only left out where a bundler sees that its fields' names are mere text.
    onLoad({ filter: /\/node_modules\/@aws-sdk\/client-[^/]+\/.*\/schemas_0\.js$/ }, ({ path }) => ({
      contents: withLiteralNames(readFileSync(path, "utf8")),
    }));
  },
};

/** The module with each name of a field that stands in a constant put in its place. */
function withLiteralNames(source: string): string {
  const constants = new Map([...source.matchAll(/^const (_\w+) = (".*");$/gm)].map(([, name, text]) => [name, text]));
  return source.replaceAll(/\[(_\w+)\]:/g, (computed, name) =>
    constants.has(name) ? `${constants.get(name)}:` : computed,
  );
}

/** A module of the same names, each of them a function that does nothing: some are called where a client is made. */
function withEmptyExports(source: string): string {
  const names = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
  const itself = /^export default/m.test(source) ? "export default function () {}" : "";
  return `${names.map((name) => `export function ${name}() {}`).join("\n")}\n${itself}`;
}

const root = join(import.meta.dirname, "..");
/** Where the source maps believe that they lie: the same code is then the same asset, wherever it was made. */
const virtualOutdir = join(root, "cdk.out/bundles");
/** The ES module of PDFium asks for the address of its own file, which CommonJS does not have. */
const alias = { "@embedpdf/pdfium": join(root, "node_modules/@embedpdf/pdfium/dist/index.cjs") };

/** Makes every function's bundle in one run of esbuild: a folder each, ready to be an asset. */
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
  if (entries.public) await node(["infra/api-documents/write-documents.ts", join(outdir, "public")], provinceFile);
  if (entries["clean-file"]) copyIntoBundle(join(outdir, "clean-file"), codecs);
  if (entries["render-page"]) {
    copyIntoBundle(join(outdir, "render-page"), drawingFiles);
    await node(["infra/api-documents/write-page-pieces.ts", join(outdir, "render-page")], provinceFile);
    await writePageAssets(join(outdir, "render-page"));
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
function copyIntoBundle(folder: string, files: Record<string, string>): void {
  for (const [name, file] of Object.entries(files)) copyFileSync(join(root, "node_modules", file), join(folder, name));
}

/**
 * Runs each module named `*.static.ts` now, for this province, and compiles its exports in as constants. Each export is a
 * module of its own: how short names are given out depends on the letters of every module of a bundle, so that a
 * function would otherwise change with slices that it does not carry.
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

/** Parsed at run time, which is faster than a literal, and marked pure so that an unused slice is left out. */
function constantModule(name: string, value: unknown): string {
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
