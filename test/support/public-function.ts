import { createRequire } from "node:module";
import { join } from "node:path";
import type { handler } from "#functions/api/public.ts";
import { assemblyOf } from "./synthesized.ts";

type Handler = typeof handler;

/** The function that serves the documents, as it is deployed: with the files that the synthesis puts beside it. */
export function publicFunction(): Handler {
  const load = createRequire(import.meta.url);
  return (load(join(assemblyOf("qazvin"), "bundles", "public", "index.js")) as { handler: Handler }).handler;
}
