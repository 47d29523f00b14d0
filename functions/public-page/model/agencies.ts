import {
  type ComparisonClass,
  comparisonClassOf,
  type ExpectedShare,
  expectedShareFor,
} from "#functions/figures/comparison.ts";
import type { Figures } from "#functions/figures/figures.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import { isRetired } from "#shared/province/retirement.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import { shareInStrokes } from "./charts.ts";
import type { PageProvince } from "./material.ts";
import { cellIn } from "./reading.ts";
import { type OutcomeSummary, type ShareInStrokes, summarize } from "./summary.ts";

export type ComparisonWord = Exclude<ComparisonClass, "too-few-complaints">;

export type AgencyRow = {
  id: string;
  name: LocalizedText;
  summary: OutcomeSummary;
  /** Missing if too few complaints are published for a share, or agencies are not compared yet. */
  class?: ComparisonWord;
  side?: "better" | "worse" | undefined;
  /** Whether its distance alone would make it clearly better, but too few citizens were called or a flag is set. */
  isClearlyBetterRefused?: boolean;
  flags: NonNullable<Figures["flags"]>;
};

/** One peer group with its agencies. */
export type GroupView = {
  /** Undefined for the agencies of no group. */
  id?: string | undefined;
  name?: LocalizedText | undefined;
  /** Compared agencies. The surer it is that the confirmed share of an agency is high, the higher it stands. */
  rows: AgencyRow[];
  tooFew: AgencyRow[];
  /** Agencies with 0 to 4 complaints, or without figures. */
  noData: AgencyRow[];
  expected?: (ExpectedShare & { average: ShareInStrokes }) | undefined;
};

type Agencies = { cells: readonly DerivedCell[]; province: PageProvince; now: Instant };

/** All groups in the order of the province file. Agencies without a peer group come first: they are the largest group. */
export function groupViews({ cells, province, now }: Agencies): GroupView[] {
  const groups = [undefined, ...province.peerGroups];
  return groups.map((group) => groupView(group, { cells, province, now })).filter((group) => sizeOf(group) > 0);
}

export function sizeOf({ rows, tooFew, noData }: GroupView): number {
  return rows.length + tooFew.length + noData.length;
}

type PeerGroup = PageProvince["peerGroups"][number];

function groupView(group: PeerGroup | undefined, { cells, province, now }: Agencies): GroupView {
  // Agencies are compared once four quarters are closed.
  const isCompared = cells.some(({ figures }) => figures.comparisonClass !== undefined);
  const published = cells.map(({ cell }) => cell);
  const expected = isCompared ? expectedShareFor(group?.id, published) : undefined;
  const placeOf = ({ id }: { id: string }) => cells.findIndex(({ cell }) => cell.cell === id);
  const all = province.agencies
    .filter((agency) => peerGroupOf(agency, cells) === group?.id)
    .map((agency) => ({ ...agencyRow(agency, cells), hasRetired: isRetired(agency, now) }))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  const known = all.filter(({ summary }) => summary.state === "known");
  // A retired agency stays in the list only as long as its own complaints are in the period.
  const unknown = all.filter(({ summary, hasRetired }) => summary.state !== "known" && !hasRetired);
  const hasCount = ({ summary }: AgencyRow) => summary.state === "too-few-complaints" && summary.filed > 0;
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
 * The class that pages show for an agency; undefined if they can show no share beside it. A class needs 20 judged complaints;
 * a share is always published from 30 judged complaints on.
 */
export function publishedClass(derived: DerivedCell | undefined): ComparisonWord | undefined {
  const word = derived?.figures.comparisonClass;
  return word === "too-few-complaints" || summarize(derived).state !== "known" ? undefined : word;
}

export function agencyRow({ id, name }: { id: string; name: LocalizedText }, cells: readonly DerivedCell[]): AgencyRow {
  const derived = cellIn(cells, id);
  const { comparisonSide: side, flags = [] } = derived?.figures ?? {};
  const word = publishedClass(derived);
  const row = { id, name, summary: summarize(derived), flags };
  if (word === undefined) return row;
  return { ...row, class: word, side, isClearlyBetterRefused: isClearlyBetterRefused(derived?.figures) };
}

/**
 * Figures name the final class only, so the class by distance alone is computed again. The published distance is rounded, which
 * does no harm: an agency "as expected" is either below the limit of `possibly-different`, or was refused "clearly better".
 */
function isClearlyBetterRefused({
  comparisonClass: finalClass,
  comparisonSide,
  comparisonDistance = 0,
}: Figures = {}): boolean {
  const isFarBetter = comparisonSide === "better" && comparisonClassOf(comparisonDistance) === "clearly-better";
  return finalClass === "as-expected" && isFarBetter;
}

/** The agencies that differ from their peers: the clearly worse first, then the clearly better, then those to watch. */
export function differingAgencies(groups: readonly GroupView[]): AgencyRow[] {
  const words: ComparisonWord[] = ["clearly-worse", "clearly-better", "possibly-different"];
  return words.flatMap((word) => groups.flatMap(({ rows }) => rows.filter((row) => row.class === word)));
}
