import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const load = createRequire(import.meta.url);
/** The last TypeScript that programs can call, as this package brings it along: the generator is made of it. */
const compiler = pathToFileURL(join(load.resolve("@ts-morph/common"), "../typescript.js")).href;

/**
 * The document's types, as openapi-typescript makes them for clients with `--default-non-nullable=false`: what has a default
 * need not be sent.
 */
export async function generatedTypes(document: string): Promise<string> {
  const hook = registerHooks({
    resolve: (name, context, next) =>
      name === "typescript" ? { url: compiler, format: "commonjs", shortCircuit: true } : next(name, context),
  });
  const { default: openapiTypescript, astToString } = await import("openapi-typescript");
  hook.deregister();
  return astToString(await openapiTypescript(document, { defaultNonNullable: false }));
}
