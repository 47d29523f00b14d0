import { brotliDecompressSync, gzipSync } from "node:zlib";
import type { ContentCoding } from "#functions/http/request.ts";
import {
  type CurrentFile,
  type CurrentSite,
  readSite,
  readSiteFile,
  type SiteWithEtag,
} from "#shared/persistence/public-page.ts";
import { failureName, log } from "#shared/runtime/log.ts";

/** Bytes by name, no more than so many together: the oldest go first. */
export function createByteCache(most: number) {
  const held = new Map<string, Buffer>();
  let size = 0;
  return {
    get: (name: string) => held.get(name),
    keep(name: string, bytes: Buffer): Buffer {
      held.set(name, bytes);
      size += bytes.length;
      for (const [oldest, { length }] of held) {
        if (size <= most) break;
        held.delete(oldest);
        size -= length;
      }
      return bytes;
    },
  };
}

/** How long a site is served before it is asked whether it still stands. */
const cachedForMs = 15_000;
const mostBytes = 48 * 1_024 * 1_024;

/** What one container has read of the site: no address that the site does not name leads to any read. */
export function createSiteCache() {
  const files = createByteCache(mostBytes);
  let askedAt = Number.NEGATIVE_INFINITY;
  let held: SiteWithEtag | undefined;

  return {
    /** The site that stands, as it was a quarter of a minute ago at the most; undefined where none was made yet. */
    async site(now: string): Promise<CurrentSite | undefined> {
      const at = Date.parse(now);
      if (Math.abs(at - askedAt) < cachedForMs) return held?.site;
      askedAt = at;
      // Whoever cannot ask goes on with what there is.
      held = await readSite(held).catch((error: unknown) => {
        log.error("site not read", { failure: failureName(error) });
        return held;
      });
      return held?.site;
    },

    async file(file: CurrentFile, wanted: ContentCoding): Promise<{ bytes: Buffer; coding: ContentCoding }> {
      const coding = file.isPacked ? wanted : "identity";
      const name = `${file.tag} ${coding}`;
      const bytes = files.get(name) ?? files.keep(name, encodeFor(await readSiteFile(file), { ...file, coding }));
      return { bytes, coding };
    },
  };
}

function encodeFor(kept: Buffer, { isPacked, coding }: { isPacked: boolean; coding: ContentCoding }): Buffer {
  if (!isPacked || coding === "br") return kept;
  const plain = brotliDecompressSync(kept);
  return coding === "gzip" ? gzipSync(plain) : plain;
}
