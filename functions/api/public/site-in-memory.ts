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
import { createBytesInMemory } from "./bytes-in-memory.ts";

/** How long a site is served before it is asked whether it still stands. */
const heldForMs = 15_000;
const mostBytes = 48 * 1_024 * 1_024;

/** What one container has read of the site: no address that the site does not name leads to any read. */
export function createSiteInMemory() {
  const files = createBytesInMemory(mostBytes);
  let askedAt = Number.NEGATIVE_INFINITY;
  let held: ReadSite | undefined;

  return {
    /** The site that stands, as it was a quarter of a minute ago at the most; undefined where none was made yet. */
    async site(now: string): Promise<StandingSite | undefined> {
      const at = Date.parse(now);
      if (Math.abs(at - askedAt) < heldForMs) return held?.site;
      askedAt = at;
      // Whoever cannot ask goes on with what there is.
      held = await readSite(held).catch((error: unknown) => {
        log.error("site not read", { failure: failureOf(error) });
        return held;
      });
      return held?.site;
    },

    async file(file: StandingFile, wanted: Coding): Promise<{ bytes: Buffer; coding: Coding }> {
      const coding = file.isPacked ? wanted : "identity";
      const name = `${file.tag} ${coding}`;
      const bytes = files.get(name) ?? files.keep(name, sentAs(await readSiteFile(file), { ...file, coding }));
      return { bytes, coding };
    },
  };
}

function sentAs(kept: Buffer, { isPacked, coding }: { isPacked: boolean; coding: Coding }): Buffer {
  if (!isPacked || coding === "br") return kept;
  const plain = brotliDecompressSync(kept);
  return coding === "gzip" ? gzipSync(plain) : plain;
}
