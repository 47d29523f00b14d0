import { createRequire } from "node:module";
import { join } from "node:path";
import type { handler } from "#functions/api/public.ts";
import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import { assemblyOf } from "./synthesized.ts";

type Handler = typeof handler;

/** The function that serves the documents, as it is deployed: with what it is told, and the files that the synthesis puts beside it. */
export function publicFunction(): Handler {
  Object.assign(process.env, { PUBLIC_URL: publicUrl, TOKEN_ISSUER: issuer });
  const load = createRequire(import.meta.url);
  return (load(join(assemblyOf("qazvin"), "bundles", "public", "index.js")) as { handler: Handler }).handler;
}
