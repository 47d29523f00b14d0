import { classOf, comparable, distanceOf, expectedFor } from "#shared/domain/statistics/comparison.ts";
import { flagsOf } from "#shared/domain/statistics/flags.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import { mulberry32, weighted } from "../../infra/demo/year/chance.ts";
import { aComplaint, ordinaryOutcomes } from "./complaint.ts";
import { countsOf } from "./world.ts";

/** From so many to so many complaints in four quarters, in a peer group of this many agencies. */
type Size = { from: number; to: number; worlds: number; seed: number; group?: number };

/** How many honest agencies there are, and how many of them the public takes for something else. */
export type Mistaken = { agencies: number; better: number; worse: number; flagged: number };

/**
 * Agencies that differ by chance alone: how many stand clearly better or worse by the funnel (before the rule that asks for
 * called citizens), and how many are flagged.
 */
export function honestAgencies({ from, to, worlds, seed, group = 12 }: Size): Mistaken {
  const chance = mulberry32(seed);
  const all = { agencies: 0, better: 0, worse: 0, flagged: 0 };
  const agency = Array.from({ length: group }, (_, n) => `agency-${n + 1}`);
  const ids = { agency, category: ["disrespect"], county: ["qazvin"], cause: [] };
  const period = { kind: "four-quarters" as const, name: "1404-Q4" };
  const serving = new Map(agency.map((id) => [id, new Set(ids.county)]));
  for (let n = 0; n < worlds; n++) {
    const complaints = agency.flatMap((id) => {
      const place = { agency: id, category: "disrespect", county: "qazvin" };
      const size = from + Math.floor(chance() * (to - from + 1));
      return Array.from({ length: size }, () =>
        aComplaint({ outcome: weighted(chance, ordinaryOutcomes), place, chance }),
      );
    });
    const publishing = { key: `honest ${seed} ${n}`, ids, serving, peerGroupOf: () => "offices" };
    const { tables } = publish({ period, counts: countsOf(complaints) }, publishing);
    const [province] = tables.total ?? [];
    const cells = tables.agency ?? [];
    const expected = expectedFor("offices", cells);
    for (const cell of cells) {
      const own = comparable(cell);
      if (!own || !expected || !province) continue;
      const name = classOf(distanceOf(own, expected));
      all.agencies += 1;
      all.better += Number(name === "clearly-better");
      all.worse += Number(name === "clearly-worse");
      all.flagged += Number(flagsOf(cell, province).length > 0);
    }
  }
  return all;
}
