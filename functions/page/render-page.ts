import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { dayMs, later } from "#shared/domain/time/duration.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { readSite } from "#shared/store/page/site.ts";
import { beside, readAssetFiles } from "./beside.ts";
import { publishSite } from "./publish-site.ts";
import { readMaterial } from "./read-material.ts";
import { siteFiles } from "./site.ts";
import { fingerprintOf, readSources } from "./sources.ts";

/** Every five minutes: makes the site anew where what stands is not made of what there is now. */
export const handler = scheduled({ run: renderPage });

/** A run that was missed, or ended halfway, is made up for by the next: it finds the same difference. */
async function renderPage({ now }: Run): Promise<string> {
  const [sources, standing, { assets, made, files }] = await Promise.all([readSources(now), readSite(), beside()]);
  const fingerprint = fingerprintOf(sources, made);
  if (standing?.site.fingerprint !== fingerprint) {
    const pages = await siteFiles(await readMaterial(sources, now), assets);
    const all = [...pages, ...readAssetFiles(files)];
    const { added } = await publishSite({ files: all, fingerprint, made, now, standing: standing?.site });
    log.info(logEvents.pageRendered, { files: all.length, added });
  }
  // While a clock is advanced nobody looks at what would only be true of a day on the way.
  return later(now, 30 * dayMs);
}
