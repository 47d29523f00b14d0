import type { Measure } from "#shared/domain/statistics/breakdown.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import { mulberry32, weighted } from "../../infra/demo/year/chance.ts";
import { chancePublished } from "./belief.ts";
import { sure } from "./named.ts";
import { countsOf } from "./world.ts";

/** The agency's own complaints by what they say of `solved`: multiples of five, so that one more is rounded up or not at all. */
const own: Record<string, number> = { yes: 10, partly: 5, no: 5 };
const place = { agency: "filing", category: "disrespect", county: "qazvin" };
const complaint = (said: string | undefined) => ({
  place,
  measures: said === undefined ? [] : [`solved:${said}` as Measure],
  holders: [],
});
const ownComplaints = Object.entries(own).flatMap(([said, size]) =>
  Array.from({ length: size }, () => complaint(said)),
);

/** The quarter of the complaint, and the four quarters that it is in. */
const periods = [
  { kind: "quarter" as const, name: "1404-Q4" },
  ...["1404-Q4", "1405-Q1", "1405-Q2", "1405-Q3"].map((name) => ({ kind: "four-quarters" as const, name })),
];
/** Three of ten citizens give an opinion. */
const priors = { nothing: 0.7, yes: 0.1, partly: 0.1, no: 0.1 };

/**
 * An agency files twenty complaints about itself with opinions that it knows, so that opinions are published, and one citizen
 * complains beside them. Of citizens who gave an opinion, the agency is 90 % sure of so many, and right.
 */
export function namedByFiling(citizens: number): { asked: number; named: number } {
  const chance = mulberry32(citizens);
  let named = 0;
  for (let n = 0; n < citizens; n++) {
    const truth = weighted(chance, { yes: 1, partly: 1, no: 1 });
    const published = publishedWith(truth, `citizen ${n}`);
    const weights = Object.entries(priors).map(([said, prior]) => [said, prior * likelihood(published, said)] as const);
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    if (weights.some(([said, weight]) => said === truth && weight / total >= sure)) named++;
  }
  return { asked: citizens, named };
}

type Published = [said: string, number][];

/** What is published of `solved` at this agency, in all periods. */
function publishedWith(said: string, key: string): Published {
  const ids = { agency: [place.agency, "other"], category: [place.category], county: [place.county], cause: [] };
  const serving = new Map(ids.agency.map((id) => [id, new Set(ids.county)]));
  const counts = countsOf([...ownComplaints, complaint(said)]);
  return periods.flatMap((period) => {
    const { tables } = publish({ period, counts }, { key, ids, serving, peerGroupOf: () => undefined });
    const { breakdowns: parts } = tables.agency?.find(({ cell }) => cell === place.agency) ?? {};
    return Object.entries(parts?.solved ?? {});
  });
}

/** How likely all this is published where the citizen said `said`. */
function likelihood(published: Published, said: string): number {
  return published.reduce((all, [name, value]) => {
    return all * chancePublished(value, { n: (own[name] ?? 0) + Number(name === said), base: 5 });
  }, 1);
}
