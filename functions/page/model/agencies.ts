import { comparisonLimits } from "#shared/domain/policy-numbers.ts";
import { type Class, type Expected, expectedFor } from "#shared/domain/statistics/comparison.ts";
import type { Figures } from "#shared/domain/statistics/figures.ts";
import type { DerivedCell } from "#shared/domain/statistics/table-figures.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import { ofHundredIn } from "../drawings/hundred.ts";
import type { PageProvince } from "../material.ts";
import { type Glance, glanceOf, type OfHundred } from "./glance.ts";
import { cellIn } from "./reading.ts";

export type StandingWord = Exclude<Class, "too-few">;

export type AgencyRow = {
  id: string;
  name: Text;
  glance: Glance;
  /** Missing where there are too few complaints to say a share, or nothing is compared yet. */
  class?: StandingWord;
  side?: "better" | "worse" | undefined;
  /** It would be clearly better by its distance, but too few citizens were called, or a flag is set. */
  isDoubted?: boolean;
  flags: NonNullable<Figures["flags"]>;
};

/** The agencies of one peer group, beside each other. */
export type GroupView = {
  /** Undefined for the agencies of no group. */
  id?: string | undefined;
  name?: Text | undefined;
  /** The agencies that are compared, the surely better first. */
  rows: AgencyRow[];
  tooFew: AgencyRow[];
  /** Agencies with 0 to 4 complaints, or without figures. */
  noData: AgencyRow[];
  expected?: (Expected & { average: OfHundred }) | undefined;
};

type Agencies = { cells: readonly DerivedCell[]; province: PageProvince; now: Instant };

/** Groups in the order of the province's file; the agencies of no group first, since they are the most. */
export function groupsOf({ cells, province, now }: Agencies): GroupView[] {
  const groups = [undefined, ...province.peerGroups];
  return groups.map((group) => groupView(group, { cells, province, now })).filter((group) => sizeOf(group) > 0);
}

export function sizeOf({ rows, tooFew, noData }: GroupView): number {
  return rows.length + tooFew.length + noData.length;
}

type PeerGroup = PageProvince["peerGroups"][number];

function groupView(group: PeerGroup | undefined, { cells, province, now }: Agencies): GroupView {
  // Nothing is compared before four quarters are closed.
  const isCompared = cells.some(({ figures }) => figures.class !== undefined);
  const published = cells.map(({ cell }) => cell);
  const expected = isCompared ? expectedFor(group?.id, published) : undefined;
  const placeOf = ({ id }: { id: string }) => cells.findIndex(({ cell }) => cell.cell === id);
  const all = province.agencies
    .filter((agency) => peerGroupOf(agency, cells) === group?.id)
    .map((agency) => ({ ...agencyRow(agency, cells), isGone: isRetired(agency, now) }))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  const known = all.filter(({ glance }) => glance.state === "known");
  // A retired agency stays in the list only as long as its own complaints are in the period.
  const unknown = all.filter(({ glance, isGone }) => glance.state !== "known" && !isGone);
  const hasCount = ({ glance }: AgencyRow) => glance.state === "too-few" && glance.filed > 0;
  return {
    id: group?.id,
    name: group?.name,
    rows: known.filter((row) => row.class !== undefined || !expected),
    tooFew: [...known.filter((row) => row.class === undefined && expected), ...unknown.filter(hasCount)],
    noData: unknown.filter((row) => !hasCount(row)),
    expected: expected && { ...expected, average: ofHundredIn(expected.theta) },
  };
}

/** An agency's peer group on the day of publication; the province file's where none was published. */
export function peerGroupOf(
  { id, peerGroup }: { id: string; peerGroup?: string | undefined },
  cells: readonly DerivedCell[],
): string | undefined {
  const published = cellIn(cells, id)?.cell.peerGroup;
  return published === undefined ? peerGroup : (published ?? undefined);
}

/**
 * An agency's class as pages say it: undefined where no share can be said beside it. An agency has a class from 20 judged
 * complaints on, and a share in any case from 30 on.
 */
export function classShown(derived: DerivedCell | undefined): StandingWord | undefined {
  const word = derived?.figures.class;
  return word === "too-few" || glanceOf(derived).state !== "known" ? undefined : word;
}

export function agencyRow({ id, name }: { id: string; name: Text }, cells: readonly DerivedCell[]): AgencyRow {
  const derived = cellIn(cells, id);
  const { funnelSide: side, funnelDistance = 0, flags = [] } = derived?.figures ?? {};
  const word = classShown(derived);
  const isDoubted = word === "as-expected" && side === "better" && funnelDistance >= comparisonLimits.clear;
  const row = { id, name, glance: glanceOf(derived), flags };
  return word === undefined ? row : { ...row, class: word, side, isDoubted };
}

/** The agencies that differ from their peers: the clearly worse first, then the clearly better, then those to watch. */
export function differingIn(groups: readonly GroupView[]): AgencyRow[] {
  const words: StandingWord[] = ["clearly-worse", "clearly-better", "watch"];
  return words.flatMap((word) => groups.flatMap(({ rows }) => rows.filter((row) => row.class === word)));
}
