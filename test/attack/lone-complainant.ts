import { publish } from "#functions/figures/publication.ts";
import type { Measure } from "#functions/figures/tables.ts";
import { chooseByWeight, mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { fewestInBreakdown } from "#shared/policy-numbers.ts";
import { chancePublished, sure } from "./belief.ts";
import { countsOf } from "./world.ts";

/** The agency's own complaints by what they say of `solved`. */
export type OwnOpinions = Record<"yes" | "partly" | "no", number>;
type Said = keyof OwnOpinions | "nothing";

/** The quarter of the complaint, and the four quarters that it is in. */
const periods = [
  { kind: "quarter" as const, name: "1404-Q4" },
  ...["1404-Q4", "1405-Q1", "1405-Q2", "1405-Q3"].map((name) => ({ kind: "four-quarters" as const, name })),
];
/** Three of ten citizens give an opinion. */
const priors: Record<Said, number> = { nothing: 0.7, yes: 0.1, partly: 0.1, no: 0.1 };

/**
 * An agency files complaints about itself with opinions that it knows, and one citizen complains beside them. Of so many
 * citizens who gave an opinion: of how many the agency is 90 % sure that they gave one, and of how many also which.
 */
export function namedByFiling(citizens: number, own: OwnOpinions): { given: number; which: number } {
  const chance = mulberry32(citizens);
  const found = { given: 0, which: 0 };
  for (let n = 0; n < citizens; n++) {
    const truth = chooseByWeight(chance, { yes: 1, partly: 1, no: 1 });
    const published = publishedWith(own, { said: truth, key: `citizen ${n}` });
    const said = Object.keys(priors) as Said[];
    const weights = said.map((one) => priors[one] * likelihood(published, { own, said: one }));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const chanceOf = (one: Said) => (weights[said.indexOf(one)] ?? 0) / total;
    found.given += Number(chanceOf("nothing") <= 1 - sure);
    found.which += Number(chanceOf(truth) >= sure);
  }
  return found;
}

const place = { agency: "filing", category: "disrespect", county: "qazvin" };
const complaint = (said: string) => ({ place, measures: [`solved:${said}` as Measure], holders: [] });

/** What is published of `solved` at this agency, in all periods; nothing if too few opinions were given. */
function publishedWith(own: OwnOpinions, { said, key }: { said: Said; key: string }): [Said, number][] {
  const ids = { agency: [place.agency, "other"], category: [place.category], county: [place.county], cause: [] };
  const serving = new Map(ids.agency.map((id) => [id, new Set(ids.county)]));
  const ownComplaints = Object.entries(own).flatMap(([one, size]) =>
    Array.from({ length: size }, () => complaint(one)),
  );
  const counts = countsOf([...ownComplaints, complaint(said)]);
  return periods.flatMap((period) => {
    const { tables } = publish({ period, counts }, { key, ids, serving, peerGroupOf: () => undefined });
    const { breakdowns } = tables.agency?.find(({ cell }) => cell === place.agency) ?? {};
    return Object.entries(breakdowns?.solved ?? {}) as [Said, number][];
  });
}

/** How likely all this is published where the citizen said `said`. */
function likelihood(published: readonly [Said, number][], { own, said }: { own: OwnOpinions; said: Said }): number {
  const opinions = own.yes + own.partly + own.no + Number(said !== "nothing");
  if (opinions >= fewestInBreakdown !== published.length > 0) return 0;
  return published.reduce((all, [name, value]) => {
    const n = (name === "nothing" ? 0 : own[name]) + Number(name === said);
    return all * chancePublished(value, { n, base: 5 });
  }, 1);
}
