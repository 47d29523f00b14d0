import { brotliDecompressSync } from "node:zlib";
import type { Reply } from "../reply.ts";
import type { Coding } from "../request.ts";

type Packed = { packed: string; coding: Coding; headers?: Record<string, string> };

/** A document as it was compressed when the bundle was made, or unpacked for whoever takes no brotli. */
export function packedReply({ packed, coding, headers }: Packed): Reply {
  const bytes = Buffer.from(packed, "base64");
  const usual = { vary: "accept-encoding", "cache-control": "public, max-age=300" };
  if (coding === "br") return { status: 200, body: bytes, headers: { ...usual, "content-encoding": "br", ...headers } };
  return { status: 200, body: brotliDecompressSync(bytes).toString("utf8"), headers: { ...usual, ...headers } };
}
