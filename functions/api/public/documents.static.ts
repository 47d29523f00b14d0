import { createHash } from "node:crypto";
import { brotliCompressSync } from "node:zlib";
import { asyncapi } from "./asyncapi.static.ts";
import { page } from "./docs/page.ts";
import { style } from "./docs/style.ts";
import { openapi } from "./openapi.static.ts";

/** As small as it gets: half of a function's start is reading its bundle, and few calls ask for a document. */
const packed = (text: string) => brotliCompressSync(text).toString("base64");
const json = (document: unknown) => packed(JSON.stringify(document));

/** The finished documents, compressed. */
export const packedOpenapi = json(openapi);
export const packedAsyncapi = json(asyncapi);
export const packedPages = { fa: packed(page("fa")), en: packed(page("en")) };
/** By which the page's policy knows the page's own style. */
export const styleDigest = createHash("sha256").update(style).digest("base64");
