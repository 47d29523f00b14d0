import { classOf, limits } from "#shared/domain/statistics/comparison.ts";
import type { Figures } from "#shared/domain/statistics/figures.ts";
import { goodShares } from "#shared/domain/statistics/outcome-band.ts";
import { peersIn } from "#shared/domain/statistics/peers.ts";
import { type Expected, expectedIn, nearerEnd } from "#shared/domain/statistics/standing.ts";
import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import { ofHundredIn } from "../drawings/hundred.ts";
import type { PageProvince } from "../material.ts";
import { type End, type Glance, glanceOf, type OfHundred } from "./glance.ts";
import { cellIn } from "./reading.ts";

export type StandingWord = "clearly-better" | "as-expected" | "watch" | "clearly-worse";

export type AgencyRow = {
  id: string;
  name: Text;
  glance: Glance;
  /** Left out where it is too few to say, or nothing is compared yet. */
  class?: StandingWord;
  side?: "better" | "worse" | undefined;
  /** What it would be by the funnel alone. */
  byFunnel?: StandingWord | undefined;
  /** What it is compared by: where that is told together with others, the end that is nearer to what is expected. */
  confirmed?: (OfHundred & { end?: End }) | undefined;
  flags: NonNullable<Figures["flags"]>;
};

/** Agencies of one kind, as they stand beside each other. */
export type GroupView = {
  /** Undefined for those of no group. */
  id?: string | undefined;
  name?: Text | undefined;
  /** Those of which something can be said, the surest first. */
  rows: AgencyRow[];
  tooFew: AgencyRow[];
  noData: AgencyRow[];
  heldBack: AgencyRow[];
  expected?: (Expected & { average: OfHundred }) | undefined;
};

type Agencies = { cells: readonly ToldCell[]; province: PageProvince; now: Instant };

/** Groups in the order of the province's file, those of no group first, since they are the most. */
export function groupsOf({ cells, province, now }: Agencies): GroupView[] {
  const groups = [undefined, ...province.peerGroups];
  return groups.map((group) => groupView(group, { cells, province, now })).filter((group) => sizeOf(group) > 0);
}

export function sizeOf({ rows, tooFew, noData, heldBack }: GroupView): number {
  return rows.length + tooFew.length + noData.length + heldBack.length;
}

function groupView(group: PageProvince["peerGroups"][number] | undefined, { cells, province, now }: Agencies) {
  const groupOf = groupsAt({ cells, province });
  // Nobody is held beside others before four quarters are closed.
  const isCompared = cells.some(({ figures }) => figures.class !== undefined);
  const expected = isCompared ? expectedIn(group?.id, { cells: cells.map(({ cell }) => cell), groupOf }) : undefined;
  // One that is retired stays in the list as long as its own complaints are in the period.
  const own = province.agencies.filter((one) => groupOf(one.id) === group?.id);
  const all = own
    .map((one) => ({ ...agencyRow(one, { cells, expected }), isGone: isRetired(one, now) }))
    .toSorted((one, other) => placeOf(one.id) - placeOf(other.id));
  const of = (state: Glance["state"]) => all.filter(({ glance, isGone }) => glance.state === state && !isGone);
  const rows = all.filter(({ glance }) => glance.state === "told");
  return {
    id: group?.id,
    name: group?.name,
    rows: rows.filter((one) => one.class !== undefined || !expected),
    tooFew: [...rows.filter((one) => one.class === undefined && expected), ...of("too-few")],
    noData: [...of("few"), ...of("unpublished")],
    heldBack: of("held-back"),
    expected: expected && { ...expected, average: ofHundredIn(expected.theta) },
  };

  function placeOf(id: string): number {
    return cells.findIndex(({ cell }) => cell.cell === id);
  }
}

/** As they were when the figures were published, so that the page compares as these do. */
export function groupsAt({ cells, province }: Pick<Agencies, "cells" | "province">) {
  const byFile = (id: string) => province.agencies.find((one) => one.id === id)?.peerGroup;
  return peersIn(
    cells.map(({ cell }) => cell),
    byFile,
  );
}

type Funnel = { side: AgencyRow["side"]; funnelDistance: number };

/**
 * What is said in calls takes only from who is as expected or clearly better by the funnel. Where else the two differ, the
 * distance was rounded up to a limit.
 */
function byFunnelOf(word: StandingWord, { side, funnelDistance }: Funnel): StandingWord {
  const named = classOf(side === "worse" ? -funnelDistance : funnelDistance);
  // Of one that is watched just at the limit nothing tells which of the two it is, so nothing is said of calls.
  const isBetter = named === "clearly-better" && (word !== "watch" || funnelDistance > limits.clear);
  return named === "as-expected" || isBetter ? named : word;
}

/** `expected`: of its kind, where anybody is compared. */
type Beside = { cells: readonly ToldCell[]; expected: Expected | undefined };

export function agencyRow({ id, name }: { id: string; name: Text }, { cells, expected }: Beside): AgencyRow {
  const told = cellIn(cells, id);
  const glance = glanceOf(told);
  const { class: word, funnelSide: side, funnelDistance = 0, flags = [] } = told?.figures ?? {};
  return {
    id,
    name,
    glance,
    ...(word && word !== "too-few" && { class: word, side, byFunnel: byFunnelOf(word, { side, funnelDistance }) }),
    confirmed: told && glance.state === "told" ? (glance.low ?? confirmedAt(told, expected)) : undefined,
    flags,
  };
}

function confirmedAt(
  { cell, figures: { funnelSide } }: ToldCell,
  expected: Beside["expected"],
): AgencyRow["confirmed"] {
  const shares = goodShares(cell);
  if (!shares || !funnelSide || !expected) return undefined;
  const end = nearerEnd(shares, expected);
  return { ...ofHundredIn(shares[end].good / shares[end].all), end };
}

/** Who differs from its peers: the clearly worse first, then the clearly better, then who is to be watched. */
export function differingIn(groups: readonly GroupView[]): AgencyRow[] {
  const words: StandingWord[] = ["clearly-worse", "clearly-better", "watch"];
  return words.flatMap((word) => groups.flatMap(({ rows }) => rows.filter((row) => row.class === word)));
}
