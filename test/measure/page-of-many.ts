import type { PageProvince, SiteFile } from "#functions/public-page/model/material.ts";
import { compressBody } from "#functions/public-page/render-page.function.ts";
import { siteFiles } from "#functions/public-page/site.ts";
import { definitions } from "#infra/programs/documents/statistics/definitions.ts";
import { aMaterial, aPageProvince } from "../public-page/a-material.ts";
import { aPublishedWorld, withPeerGroups } from "../public-page/a-published-world.ts";

/**
 * `npm run trial -- page-of-many AGENCIES PER_MONTH`: how long the site of a large province is drawn and packed, in which
 * memory, and what its pages weigh. Nothing is stored: see `npm run trial -- page` for what goes over the wire.
 */
const [agencies = 500, perMonth = 6_000] = process.argv.slice(2).map(Number);
const groups = Array.from({ length: 20 }, (_, n) => ({
  id: `kind-${n}`,
  name: { fa: `دستگاه‌های گونهٔ ${n}`, en: `Agencies of kind ${n}` },
}));

/** Invented all of them; a third is of no kind. */
function anAgency(n: number): PageProvince["agencies"][number] {
  const peerGroup = n % 3 === 0 ? undefined : groups[n % groups.length]?.id;
  return {
    id: `agency-${n + 1}`,
    name: { fa: `ادارهٔ کل نمونهٔ شمارهٔ ${n}`, en: `Example Department Number ${n}` },
    peerGroup,
    countyIds: ["county-1"],
  };
}

const province = aPageProvince({
  peerGroups: groups,
  agencies: Array.from({ length: agencies }, (_, n) => anAgency(n)),
});
const groupOf = new Map(province.agencies.map(({ id, peerGroup }) => [id, peerGroup]));
const published = withPeerGroups(aPublishedWorld({ agencies, perMonth, months: 16 }), (id) => groupOf.get(id));
const material = aMaterial(published, { province });
/** Seconds of a processor, which other work on the machine does not lengthen. */
const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const before = seconds();
const invented = process.resourceUsage().maxRSS;
const files = siteFiles(material, { style: "/style.css", fonts: [], definitions });
console.log(`${files.length} files; what is said of them: ${(seconds() - before).toFixed(1)} s`);

const kindOf = ({ path, type }: SiteFile) =>
  type.startsWith("text/html")
    ? path.includes("/agencies/")
      ? "agencies"
      : "province"
    : (path.split("/").at(1) ?? "");
let all = seconds() - before;
for (const [kind, alike] of Map.groupBy(files, kindOf)) {
  // So many are drawn of each kind: what all of them take is their part of it.
  const drawn = alike.filter((_, n) => n % Math.ceil(alike.length / 40) === 0);
  const start = seconds();
  const sizes: number[] = [];
  for (const { body, type } of drawn) {
    const made = typeof body === "function" ? await body() : body;
    sizes.push(type === "image/png" ? made.length : compressBody(made).length);
  }
  const took = ((seconds() - start) * alike.length) / drawn.length;
  all += took;
  console.log(`${kind}: ${alike.length} files, ${took.toFixed(1)} s, at the most ${Math.max(...sizes)} bytes packed`);
}
console.log(
  `all of it ${all.toFixed(0)} s of a processor, ${megabytes(process.resourceUsage().maxRSS)} MB, ${megabytes(invented)} MB with the invented year alone`,
);
function megabytes(kilobytes: number): number {
  return Math.round(kilobytes / 1_024);
}
