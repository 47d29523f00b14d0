import * as z from "zod";
import { betaQuantile } from "./beta.ts";
import { type Class, type Compared, compare, funnelOf, type Share } from "./comparison.ts";
import { flagsOf, isConspicuous } from "./flags.ts";
import { goodShares } from "./outcome-band.ts";
import type { PublishedCell } from "./published.ts";
import { fewestFor, rounded, shareRangeIn, shownParts, sumOf } from "./shown-part.ts";
import { sum } from "./sum.ts";

export const StandingClass = z.enum(["clearly-better", "as-expected", "watch", "clearly-worse", "too-few"]);

/** How an agency stands beside others of its kind over four quarters. */
export type Standing = {
  class: z.infer<typeof StandingClass>;
  /** Whom it is compared with: its own kind, or, where they are too few, all of the province. */
  comparedWith?: "peer-group" | "province";
  /** How far it is from what is expected, in standard deviations, and on which side: no number is below 0. */
  funnelDistance?: number;
  funnelSide?: "better" | "worse";
  /** How much is sure to go well; lists are ordered by it. */
  evidence?: number;
};

/** A comparison with fewer agencies says nothing. */
const fewestCompared = 5;

/** `least` and `most` are the same where it is told alone how much went well. */
type Agency = { cell: PublishedCell; least: Share; most: Share; group: string | undefined };
type Agencies = {
  cells: readonly PublishedCell[];
  province: PublishedCell;
  groupOf: (id: string) => string | undefined;
};

/** Every agency's standing, by its id. */
export function standingsOf({ cells, province, groupOf }: Agencies): Map<string, Standing> {
  const all = agenciesIn({ cells, groupOf });
  const stands = cells.map(({ cell: id }): [string, Standing] => {
    const own = all.find(({ cell }) => cell.cell === id);
    return [id, own ? standingOf(own, { all, province }) : { class: "too-few" }];
  });
  return new Map(stands);
}

function agenciesIn({ cells, groupOf }: Pick<Agencies, "cells" | "groupOf">): Agency[] {
  return cells.flatMap((cell) => {
    const shares = goodShares(cell);
    return shares ? [{ cell, ...shares, group: groupOf(cell.cell) }] : [];
  });
}

/** What the agencies of a group are held to: by whom, the share that is expected, and the variance between them. */
export type Expected = { comparedWith: "peer-group" | "province"; theta: number; tauSquared: number };

/** The same that its agencies' standings rest on; undefined where nobody can be compared. `group`: undefined for those of none. */
export function expectedIn(
  group: string | undefined,
  { cells, groupOf }: Pick<Agencies, "cells" | "groupOf">,
): Expected | undefined {
  const { isOfGroup, others } = othersOf(group, agenciesIn({ cells, groupOf }));
  if (others.length < fewestCompared) return undefined;
  const { theta, tauSquared } = funnelOf(others);
  return { comparedWith: isOfGroup ? "peer-group" : "province", theta, tauSquared };
}

function othersOf(group: string | undefined, all: readonly Agency[]): { isOfGroup: boolean; others: Share[] } {
  // What is expected rests on those of whom it is known how much went well.
  const told = all.filter(({ least, most }) => least.good === most.good);
  const peers = group === undefined ? [] : told.filter((one) => one.group === group);
  const isOfGroup = peers.length >= fewestCompared;
  return { isOfGroup, others: (isOfGroup ? peers : told).map(({ least }) => least) };
}

function standingOf(own: Agency, { all, province }: { all: Agency[]; province: PublishedCell }): Standing {
  const { isOfGroup, others } = othersOf(own.group, all);
  const compared = others.length < fewestCompared ? undefined : comparedAtBoth(own, others);
  if (!compared) return { class: "too-few" };
  return {
    class: afterCalls(compared.class, { own: own.cell, province }),
    comparedWith: isOfGroup ? "peer-group" : "province",
    funnelDistance: rounded(Math.abs(compared.z)),
    funnelSide: compared.z < 0 ? "worse" : "better",
    evidence: rounded(evidenceOf(own.least, others)),
  };
}

/**
 * Nearer to what is expected of the two ends between which it is; undefined where they say different things. On which side
 * it is says nothing of one that is as expected.
 */
function comparedAtBoth(own: Agency, others: readonly Share[]): Compared | undefined {
  const funnel = funnelOf(others);
  const [low, high] = [compare(own.least, funnel), compare(own.most, funnel)];
  const isOfOneSide = low.z < 0 === high.z < 0;
  if (low.class !== high.class || (low.class !== "as-expected" && !isOfOneSide)) return undefined;
  return nearerEnd(own, funnel) === "least" ? low : high;
}

/** Which of the two ends between which it is lies nearer to what is expected. */
export function nearerEnd(
  { least, most }: Pick<Agency, "least" | "most">,
  expected: Pick<Expected, "theta" | "tauSquared">,
) {
  const distance = (end: Share) => Math.abs(compare(end, expected).z);
  return distance(least) < distance(most) ? "least" : "most";
}

/**
 * What called citizens who accepted say may take from a class: an acceptance that was pressed for is worth nothing. Nor is
 * an agency better of which anything stands out that it may do to look better.
 */
function afterCalls(named: Class, { own, province }: { own: PublishedCell; province: PublishedCell }): Class {
  if (named === "clearly-worse") return named;
  const stands = (["solved", "pressed"] as const).some((asked) => {
    const name = { solved: "no", pressed: "pressed" }[asked];
    const share = (cell: PublishedCell) =>
      shareRangeIn(shownParts(cell, `called-acceptors-${asked}`), name, fewestFor.opinions);
    return isConspicuous(share(own), share(province));
  });
  if (stands) return "watch";
  const isCalled = sumOf(shownParts(own, "called-acceptors-solved")) >= fewestFor.opinions;
  const isPlain = isCalled && flagsOf(own, province).length === 0;
  return named === "clearly-better" && !isPlain ? "as-expected" : named;
}

/** The lower 5 % point of what its share may be, held towards the share of the others the more, the fewer it has. */
function evidenceOf({ good, all }: Share, others: readonly Share[]): number {
  const total = sum(others.map((one) => one.all));
  const theta = sum(others.map((one) => one.good)) / total;
  const shares = others.map((one) => one.good / one.all);
  const mean = sum(shares) / shares.length;
  const variance = sum(shares.map((one) => (one - mean) ** 2)) / (shares.length - 1);
  const byChance = sum(others.map((one) => (theta * (1 - theta)) / one.all)) / others.length;
  const spread = Math.max(0, variance - byChance);
  const weight = spread === 0 ? total : Math.min(total, Math.max(1, (theta * (1 - theta)) / spread - 1));
  return betaQuantile(0.05, { a: good + weight * theta, b: all - good + weight * (1 - theta) });
}
