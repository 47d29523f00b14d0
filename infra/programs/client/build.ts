import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openapi } from "../documents/openapi/openapi.ts";
import { generatedTypes } from "./openapi-declarations.ts";

/**
 * `npm run client`: builds the typed client of this API as an installable package, from the API's own document. `--out FOLDER`: where
 * to; `dist/client` by default.
 */
const { values } = parseArgs({ options: { out: { type: "string", default: "dist/client" } } });
const root = join(import.meta.dirname, "../../..");
const folder = join(root, values.out);

/** What an application imports: the API, the queue of an agency, and webhooks. */
const entries = ["client", "queue", "webhooks"];
const parts = [...entries, "retry"];
const sources = parts.map((name) => `${name}.ts`);

const { version, license, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const tsconfig = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom", "dom.iterable"],
    types: ["node"],
    strict: true,
    declaration: true,
    skipLibCheck: true,
    rewriteRelativeImportExtensions: true,
    outDir: ".",
  },
  files: entries.map((name) => `${name}.ts`),
};
const manifest = {
  name: "@foad/client",
  version,
  license,
  type: "module",
  description: "The API of FOAD 128, typed",
  exports: Object.fromEntries(
    entries.map((name) => [
      name === "client" ? "." : `./${name}`,
      { types: `./${name}.d.ts`, default: `./${name}.js` },
    ]),
  ),
  files: [...parts.flatMap((name) => [`${name}.js`, `${name}.d.ts`]), "paths.d.ts", "README.md"],
  dependencies: { "openapi-fetch": dependencies["openapi-fetch"] },
  peerDependencies: { "@aws-sdk/client-sqs": `^${dependencies["@aws-sdk/client-sqs"]}` },
  peerDependenciesMeta: { "@aws-sdk/client-sqs": { optional: true } },
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "paths.d.ts"), await generatedTypes(withOptionalKeys(JSON.stringify(openapi))));
writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
for (const file of [...sources, "README.md"]) copyFileSync(join(import.meta.dirname, file), join(folder, file));
execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { stdio: "inherit" });
for (const file of [...sources, "tsconfig.json"]) rmSync(join(folder, file));
process.stdout.write(`@foad/client ${version} is in ${values.out}: npm install ./${values.out}\n`);

/** The client adds an idempotency key where the caller sends none. */
function withOptionalKeys(document: string): string {
  return JSON.stringify(
    JSON.parse(document, (_, value) => (value?.name === "Idempotency-Key" ? { ...value, required: false } : value)),
  );
}
