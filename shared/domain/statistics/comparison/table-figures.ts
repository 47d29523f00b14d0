import type { Table } from "../counting/tables.ts";
import { monthsOf, type Period, periodEndingWith } from "../period.ts";
import type { PublishedCell } from "../publication/publication.ts";
import { callProbability, quarterBefore, type SampledAgency } from "./called-citizens.ts";
import { compareAgencies } from "./comparison.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { shareBandOf, sum, toThreeDecimals } from "./share.ts";
import { trendOf } from "./trend.ts";

export type PublishedTable = { period: Period; table: Table };
/** A table as it was published; undefined where its period is not closed. */
export type ReadPublishedTable = (at: PublishedTable) => readonly PublishedCell[] | undefined;
/** A published cell with everything derived from it. */
export type DerivedCell = { cell: PublishedCell; figures: Figures };

const isTrend = ({ period, table }: PublishedTable) => period.kind === "month" && table === "total";
const isProvince = ({ period, table }: PublishedTable) => period.kind !== "month" && table === "total";

/** Every table that the figures of a table are derived from. `closed`: every closed period. */
export function tablesNeededFor(wanted: PublishedTable, closed: readonly Period[]): PublishedTable[] {
  const { period } = wanted;
  return [
    wanted,
    { period, table: "total" as const },
    ...(isTrend(wanted) ? monthsUpTo(period, closed).map((month) => ({ period: month, table: "total" as const })) : []),
    ...(isProvince(wanted) ? [{ period, table: "agency" as const }, ...quartersBefore(period).map(agencyTableOf)] : []),
  ].filter((one) => closed.some(({ kind, name }) => kind === one.period.kind && name === one.period.name));
}

const agencyTableOf = (quarter: string): PublishedTable => ({
  period: { kind: "quarter", name: quarter },
  table: "agency",
});

/** The quarters whose published counts decided how many citizens of a period were called. */
function quartersBefore(period: Period): string[] {
  const quarters = monthsOf(period).flatMap((month) => periodEndingWith(month, "quarter")?.name ?? []);
  return quarters.map(quarterBefore);
}

type TableInput = PublishedTable & { published: ReadPublishedTable; closed: readonly Period[] };

/** A table with everything derived from its cells. The agencies of four quarters stand by peer group, the surely better first. */
export function deriveTable(read: TableInput): DerivedCell[] {
  const { period, table, published } = read;
  const cells = published({ period, table }) ?? [];
  const province = table === "agency" ? published({ period, table: "total" })?.[0] : undefined;
  const isCompared = table === "agency" && period.kind === "four-quarters" && province;
  const standings = isCompared ? compareAgencies({ cells, province }) : undefined;
  const trend = isTrend(read) ? trendAt(read) : undefined;
  const sampled = isProvince(read) ? sampledAgencies(read) : undefined;
  const all = cells.map((cell) => ({
    cell,
    figures: { ...figuresOf(cell, { province, sampled, standing: standings?.get(cell.cell) }), ...trend },
  }));
  return standings ? all.toSorted(byGroupThenConfirmedShare) : all;
}

/** Agencies of which only a part of the citizens was called; of a quarter that is not published, everybody was. */
function sampledAgencies({ period, published }: TableInput): SampledAgency[] {
  const quarters = quartersBefore(period);
  return (published({ period, table: "agency" }) ?? []).flatMap((cell) => {
    const weights = quarters.map((quarter) => {
      const count = published(agencyTableOf(quarter))?.find((one) => one.cell === cell.cell)?.count;
      return 1 / callProbability(count);
    });
    const meanWeight = sum(weights) / weights.length;
    return meanWeight > 1 ? [{ cell, meanWeight }] : [];
  });
}

/** The chart of the months up to this one: it never changes with what is published later. */
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

/** By the lower end of the confirmed share's interval, so that a few lucky complaints do not stand first. */
function byGroupThenConfirmedShare(one: DerivedCell, other: DerivedCell): number {
  return (
    (one.cell.peerGroup ?? "").localeCompare(other.cell.peerGroup ?? "") ||
    (other.figures.goodLowFrom ?? -1) - (one.figures.goodLowFrom ?? -1) ||
    one.cell.cell.localeCompare(other.cell.cell)
  );
}
