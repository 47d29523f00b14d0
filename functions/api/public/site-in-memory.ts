import { brotliDecompressSync, gzipSync } from "node:zlib";
import type { Coding } from "#functions/pipelines/request.ts";
import { failureOf, log } from "#shared/runtime/log.ts";
import {
  type ReadSite,
  readSite,
  readSiteFile,
  type StandingFile,
  type StandingSite,
} from "#shared/store/page/site.ts";

/** How long a site is served before it is asked whether it still stands. */
const heldForMs = 15_000;
const mostBytes = 48 * 1_024 * 1_024;

export type Sent = { bytes: Buffer; coding: Coding };

/** What one container has read of the site: no address that the site does not name leads to any read. */
export function createSiteMemory() {
  const files = new Map<string, Buffer>();
  let [size, askedAt]: [number, number] = [0, Number.NEGATIVE_INFINITY];
  let held: ReadSite | undefined;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    // Whoever cannot ask goes on with what there is.
    held = await readSite(held).catch((error: unknown) => {
      log.error("site not read", { failure: failureOf(error) });
      return held;
    });
  }

  function keep(key: string, bytes: Buffer): Buffer {
    files.set(key, bytes);
    size += bytes.length;
    for (const [oldest, { length }] of files) {
      if (size <= mostBytes) break;
      files.delete(oldest);
      size -= length;
    }
    return bytes;
  }

  return {
    /** The site that stands, as it was a quarter of a minute ago at the most; undefined where none was made yet. */
    async site(now: string): Promise<StandingSite | undefined> {
      const at = Date.parse(now);
      if (Math.abs(at - askedAt) >= heldForMs) {
        askedAt = at;
        asking = ask().finally(() => (asking = undefined));
      }
      await asking;
      return held?.site;
    },

    async file(file: StandingFile, wanted: Coding): Promise<Sent> {
      const coding = file.isPacked ? wanted : "identity";
      const key = `${file.tag} ${coding}`;
      const bytes = files.get(key) ?? keep(key, sentAs(await readSiteFile(file), { isPacked: file.isPacked, coding }));
      return { bytes, coding };
    },
  };
}

function sentAs(kept: Buffer, { isPacked, coding }: { isPacked: boolean; coding: Coding }): Buffer {
  if (!isPacked || coding === "br") return kept;
  const plain = brotliDecompressSync(kept);
  return coding === "gzip" ? gzipSync(plain) : plain;
}
