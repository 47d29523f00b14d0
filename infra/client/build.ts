import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openapi } from "../api-documents/openapi/openapi.ts";
import { generatedTypes } from "./openapi-declarations.ts";

/**
 * `npm run client`: builds the typed client of this API as an installable package, from the API's own document. `--out FOLDER`: where
 * to; `dist/client` by default.
 */
const { values } = parseArgs({ options: { out: { type: "string", default: "dist/client" } } });
const root = join(import.meta.dirname, "../..");
const folder = join(root, values.out);

const { version, license, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const tsconfig = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
    strict: true,
    declaration: true,
    skipLibCheck: true,
    rewriteRelativeImportExtensions: true,
    outDir: ".",
  },
  files: ["client.ts"],
};
const manifest = {
  name: "@foad/client",
  version,
  license,
  type: "module",
  description: "The API of FOAD 128, typed",
  exports: { ".": { types: "./client.d.ts", default: "./client.js" } },
  files: ["client.js", "client.d.ts", "paths.d.ts", "README.md"],
  dependencies: { "openapi-fetch": dependencies["openapi-fetch"] },
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "paths.d.ts"), await generatedTypes(withOptionalKeys(JSON.stringify(openapi))));
writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
for (const file of ["client.ts", "README.md"]) copyFileSync(join(import.meta.dirname, file), join(folder, file));
execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { stdio: "inherit" });
for (const file of ["client.ts", "tsconfig.json"]) rmSync(join(folder, file));
process.stdout.write(`@foad/client ${version} is in ${values.out}: npm install ./${values.out}\n`);

/** The client adds an idempotency key where the caller sends none. */
function withOptionalKeys(document: string): string {
  return JSON.stringify(
    JSON.parse(document, (_, value) => (value?.name === "Idempotency-Key" ? { ...value, required: false } : value)),
  );
}
