import { comparisonLimits } from "#shared/domain/policy-numbers.ts";
import {
  type ComparisonClass,
  type ExpectedShare,
  expectedShareFor,
} from "#shared/domain/statistics/comparison/comparison.ts";
import type { Figures } from "#shared/domain/statistics/comparison/figures.ts";
import type { DerivedCell } from "#shared/domain/statistics/comparison/table-figures.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import type { LocalizedText } from "#shared/domain/vocabulary.ts";
import { shareInStrokes } from "./charts.ts";
import { type OutcomeSummary, type ShareInStrokes, summarize } from "./glance.ts";
import type { PageProvince } from "./material.ts";
import { cellIn } from "./reading.ts";

export type ComparisonWord = Exclude<ComparisonClass, "too-few">;

export type AgencyRow = {
  id: string;
  name: LocalizedText;
  summary: OutcomeSummary;
  /** Missing where there are too few complaints to say a share, or nothing is compared yet. */
  class?: ComparisonWord;
  side?: "better" | "worse" | undefined;
  /** It would be clearly better by its distance, but too few citizens were called, or a flag is set. */
  isDoubted?: boolean;
  flags: NonNullable<Figures["flags"]>;
};

/** The agencies of one peer group, beside each other. */
export type GroupView = {
  /** Undefined for the agencies of no group. */
  id?: string | undefined;
  name?: LocalizedText | undefined;
  /** The agencies that are compared, the surely better first. */
  rows: AgencyRow[];
  tooFew: AgencyRow[];
  /** Agencies with 0 to 4 complaints, or without figures. */
  noData: AgencyRow[];
  expected?: (ExpectedShare & { average: ShareInStrokes }) | undefined;
};

type Agencies = { cells: readonly DerivedCell[]; province: PageProvince; now: Instant };

/** Groups in the order of the province's file; the agencies of no group first, since they are the most. */
export function groupViews({ cells, province, now }: Agencies): GroupView[] {
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
  const expected = isCompared ? expectedShareFor(group?.id, published) : undefined;
  const placeOf = ({ id }: { id: string }) => cells.findIndex(({ cell }) => cell.cell === id);
  const all = province.agencies
    .filter((agency) => peerGroupOf(agency, cells) === group?.id)
    .map((agency) => ({ ...agencyRow(agency, cells), isGone: isRetired(agency, now) }))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  const known = all.filter(({ summary }) => summary.state === "known");
  // A retired agency stays in the list only as long as its own complaints are in the period.
  const unknown = all.filter(({ summary, isGone }) => summary.state !== "known" && !isGone);
  const hasCount = ({ summary }: AgencyRow) => summary.state === "too-few" && summary.filed > 0;
  return {
    id: group?.id,
    name: group?.name,
    rows: known.filter((row) => row.class !== undefined || !expected),
    tooFew: [...known.filter((row) => row.class === undefined && expected), ...unknown.filter(hasCount)],
    noData: unknown.filter((row) => !hasCount(row)),
    expected: expected && { ...expected, average: shareInStrokes(expected.theta) },
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
export function publishedClass(derived: DerivedCell | undefined): ComparisonWord | undefined {
  const word = derived?.figures.class;
  return word === "too-few" || summarize(derived).state !== "known" ? undefined : word;
}

export function agencyRow({ id, name }: { id: string; name: LocalizedText }, cells: readonly DerivedCell[]): AgencyRow {
  const derived = cellIn(cells, id);
  const { funnelSide: side, funnelDistance = 0, flags = [] } = derived?.figures ?? {};
  const word = publishedClass(derived);
  const isDoubted = word === "as-expected" && side === "better" && funnelDistance >= comparisonLimits.clear;
  const row = { id, name, summary: summarize(derived), flags };
  return word === undefined ? row : { ...row, class: word, side, isDoubted };
}

/** The agencies that differ from their peers: the clearly worse first, then the clearly better, then those to watch. */
export function differingAgencies(groups: readonly GroupView[]): AgencyRow[] {
  const words: ComparisonWord[] = ["clearly-worse", "clearly-better", "watch"];
  return words.flatMap((word) => groups.flatMap(({ rows }) => rows.filter((row) => row.class === word)));
}
