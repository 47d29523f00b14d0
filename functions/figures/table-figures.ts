import { monthsOf, type Period, periodEndingWith } from "#shared/time/period.ts";
import { callProbability, quarterBefore, type SampledAgency } from "./called-citizens.ts";
import { compareAgencies } from "./comparison.ts";
import { type Figures, figuresOf } from "./figures.ts";
import type { PublishedCell } from "./publication.ts";
import { shareBandOf, sum, toThreeDecimals } from "./share.ts";
import type { Table } from "./tables.ts";
import { trendOf } from "./trend.ts";

export type PublishedTable = { period: Period; table: Table };
/** Returns the cells of a published table; undefined where its period is not closed. */
type ReadPublishedTable = (at: PublishedTable) => readonly PublishedCell[] | undefined;
/** A published cell with the figures that are derived from it. */
export type DerivedCell = { cell: PublishedCell; figures: Figures };

const isTrend = ({ period, table }: PublishedTable) => period.kind === "month" && table === "total";
const isProvince = ({ period, table }: PublishedTable) => period.kind !== "month" && table === "total";

/** Returns the published tables that are needed to derive the figures of a table. `closed`: all closed periods. */
export function tablesNeededFor(wanted: PublishedTable, closed: readonly Period[]): PublishedTable[] {
  const { period } = wanted;
  return [
    wanted,
    { period, table: "total" as const },
    ...(isTrend(wanted) ? monthsUpTo(period, closed).map((month) => ({ period: month, table: "total" as const })) : []),
    ...(isProvince(wanted) ? [{ period, table: "agency" as const }, ...quartersBefore(period).map(agencyTableOf)] : []),
  ].filter((needed) => closed.some(({ kind, name }) => kind === needed.period.kind && name === needed.period.name));
}

const agencyTableOf = (quarter: string): PublishedTable => ({
  period: { kind: "quarter", name: quarter },
  table: "agency",
});

/** Returns the quarters whose published counts decided how many citizens of a period were called. */
function quartersBefore(period: Period): string[] {
  const quarters = monthsOf(period).flatMap((month) => periodEndingWith(month, "quarter")?.name ?? []);
  return quarters.map(quarterBefore);
}

type TableInput = PublishedTable & { published: ReadPublishedTable; closed: readonly Period[] };

/**
 * Derives the figures of all cells of a published table. The agencies of four quarters are sorted by peer group, and in
 * a group by `confirmedShareLower`, the highest first.
 */
export function deriveTable(input: TableInput): DerivedCell[] {
  const { period, table, published } = input;
  const cells = published({ period, table }) ?? [];
  const province = table === "agency" ? published({ period, table: "total" })?.[0] : undefined;
  const isCompared = table === "agency" && period.kind === "four-quarters" && province;
  const comparisons = isCompared ? compareAgencies({ cells, province }) : undefined;
  const trend = isTrend(input) ? trendAt(input) : undefined;
  const sampled = isProvince(input) ? sampledAgencies(input) : undefined;
  const all = cells.map((cell) => ({
    cell,
    figures: { ...figuresOf(cell, { province, sampled, comparison: comparisons?.get(cell.cell) }), ...trend },
  }));
  return comparisons ? all.toSorted(byGroupThenConfirmedShare) : all;
}

/**
 * Returns the agencies with a sample of called citizens. In quarters whose count is not published, every citizen was
 * called.
 */
function sampledAgencies({ period, published }: TableInput): SampledAgency[] {
  const quarters = quartersBefore(period);
  return (published({ period, table: "agency" }) ?? []).flatMap((cell) => {
    const weights = quarters.map((quarter) => {
      const count = published(agencyTableOf(quarter))?.find((row) => row.cell === cell.cell)?.count;
      return 1 / callProbability(count);
    });
    const meanWeight = sum(weights) / weights.length;
    return meanWeight > 1 ? [{ cell, meanWeight }] : [];
  });
}

/**
 * Computes the chart from the months up to the period. So the figures of a month do not change when later months are
 * published.
 */
function trendAt({ period, published, closed }: TableInput): Figures {
  const shares = monthsUpTo(period, closed).flatMap((month) => {
    const [cell] = published({ period: month, table: "total" }) ?? [];
    return cell ? [shareBandOf(cell).low?.share] : [];
  });
  const trend = trendOf(shares.filter((share) => share !== undefined));
  if (!trend) return {};
  return {
    trendMean: toThreeDecimals(trend.mean),
    trendLower: Math.max(0, toThreeDecimals(trend.lower)),
    trendUpper: Math.min(1, toThreeDecimals(trend.upper)),
    ...(shares.at(-1) !== undefined && { trendSignals: trend.signals.at(-1) ?? [] }),
  };
}

function monthsUpTo(month: Period, closed: readonly Period[]): Period[] {
  return closed.filter(({ kind, name }) => kind === "month" && name <= month.name);
}

/**
 * Sorts by the lower end of the interval, not by the share, so that an agency with a few lucky complaints is not first.
 */
function byGroupThenConfirmedShare(one: DerivedCell, other: DerivedCell): number {
  return (
    (one.cell.peerGroup ?? "").localeCompare(other.cell.peerGroup ?? "") ||
    (other.figures.confirmedShareLower ?? -1) - (one.figures.confirmedShareLower ?? -1) ||
    one.cell.cell.localeCompare(other.cell.cell)
  );
}
