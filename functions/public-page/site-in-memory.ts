import { brotliDecompressSync, gzipSync } from "node:zlib";
import { errorName, log } from "#shared/runtime/log.ts";
import {
  type CurrentFile,
  type CurrentSite,
  readSite,
  readSiteFile,
  type SiteWithEtag,
} from "../figures/page-editions.store.ts";
import type { ContentCoding } from "../http/request.ts";

/** Caches buffers by name, up to `maxBytes` together. When the cache is full, the oldest buffers are dropped first. */
function createByteCache(maxBytes: number) {
  const held = new Map<string, Buffer>();
  let size = 0;
  return {
    get: (name: string) => held.get(name),
    keep(name: string, bytes: Buffer): Buffer {
      held.set(name, bytes);
      size += bytes.length;
      for (const [oldest, { length }] of held) {
        if (size <= maxBytes) break;
        held.delete(oldest);
        size -= length;
      }
      return bytes;
    },
  };
}

/** How long a site is served before it is checked for a newer one. */
const cachedForMs = 15_000;
const mostCachedBytes = 48 * 1_024 * 1_024;

/** One container's copy of the site. An address that the site does not name causes no read. */
export function createSiteCache() {
  const files = createByteCache(mostCachedBytes);
  let checkedAt = Number.NEGATIVE_INFINITY;
  let held: SiteWithEtag | undefined;

  return {
    /** The current site, at most `cachedForMs` old; undefined before the first site is made. */
    async site(now: string): Promise<CurrentSite | undefined> {
      const at = Date.parse(now);
      if (Math.abs(at - checkedAt) < cachedForMs) return held?.site;
      checkedAt = at;
      // If the site cannot be read, the older copy is served.
      held = await readSite(held).catch((error: unknown) => {
        log.error("public page not read", { errorName: errorName(error) });
        return held;
      });
      return held?.site;
    },

    async file(file: CurrentFile, coding: ContentCoding): Promise<Buffer> {
      const name = `${file.tag} ${file.isCompressed ? coding : "identity"}`;
      return files.get(name) ?? files.keep(name, encodeFor(await readSiteFile(file), { ...file, coding }));
    },
  };
}

type Encoding = { isCompressed: boolean; coding: ContentCoding };

/** The bytes as they are sent. `kept` is compressed by brotli where `isCompressed`. */
export function encodeFor(kept: Buffer, { isCompressed, coding }: Encoding): Buffer {
  if (!isCompressed || coding === "br") return kept;
  const plain = brotliDecompressSync(kept);
  return coding === "gzip" ? gzipSync(plain) : plain;
}

/** The headers that say how the bytes are sent. Compressed and plain bytes differ, so each has its own entity tag. */
export function encodingHeaders({ tag, isCompressed, coding }: Encoding & { tag: string }): Record<string, string> {
  const sent = isCompressed ? coding : "identity";
  return {
    etag: `"${tag}-${sent}"`,
    ...(isCompressed && { vary: "accept-encoding" }),
    ...(sent !== "identity" && { "content-encoding": sent }),
  };
}
