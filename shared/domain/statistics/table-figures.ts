import { callProbability, quarterBefore } from "./call-probability.ts";
import type { CalledAgency, CalledQuarter } from "./called.ts";
import type { Figures } from "./figures.ts";
import { figuresOf } from "./figures-of.ts";
import { peersIn } from "./peers.ts";
import { monthsOf, type Period, periodEndingWith } from "./period.ts";
import { provinceTrend } from "./province-trend.ts";
import type { PublishedCell } from "./published.ts";
import { standingsOf } from "./standing.ts";
import type { Table } from "./table.ts";

export type PublishedTable = { period: Period; table: Table };
/** A table as it was published; undefined where its period is not closed. */
export type Publication = (at: PublishedTable) => readonly PublishedCell[] | undefined;
export type ToldCell = { cell: PublishedCell; figures: Figures };

const isByAgency = (table: Table) => table === "agency" || table === "total";
const isTrend = ({ period, table }: PublishedTable) => period.kind === "month" && table === "total";

/** Every table that another one's figures are made of. `closed`: every closed period. */
export function tablesFor(wanted: PublishedTable, closed: readonly Period[]): PublishedTable[] {
  const { period, table } = wanted;
  const months = isTrend(wanted) ? monthsUpTo(period, closed) : [];
  const quarters = isByAgency(table) ? quartersOf(period).flatMap((name) => [name, quarterBefore(name)]) : [];
  return [
    wanted,
    { period, table: "total" as const },
    ...(quarters.length > 0 ? [{ period, table: "agency" as const }] : []),
    ...months.map((month) => ({ period: month, table: "total" as const })),
    ...quarters.map((name) => byAgency(name)),
  ].filter((one) => closed.some(({ kind, name }) => kind === one.period.kind && name === one.period.name));
}

const byAgency = (quarter: string): PublishedTable => ({ period: { kind: "quarter", name: quarter }, table: "agency" });

/** The quarters that a period consists of; none of a month. */
function quartersOf(period: Period): string[] {
  if (period.kind === "month") return [];
  return monthsOf(period).flatMap((month) => periodEndingWith(month, "quarter")?.name ?? []);
}

type Told = PublishedTable & {
  published: Publication;
  closed: readonly Period[];
  /** As the province's file has it now, for periods that were published without. */
  groupOf: (agencyId: string) => string | undefined;
};

/** A table with all that is said of its cells. Agencies of four quarters stand by their kind, the surest first. */
export function toldTable(told: Told): ToldCell[] {
  const { period, table, published } = told;
  const cells = published({ period, table }) ?? [];
  const groupOf = peersIn(cells, told.groupOf);
  const [province] = published({ period, table: "total" }) ?? [];
  const isCompared = table === "agency" && period.kind === "four-quarters" && province;
  const standings = isCompared ? standingsOf({ cells, province, groupOf }) : undefined;
  const trend = isTrend(told) ? trendAt(told) : undefined;
  const all = cells.map((cell) => {
    const called = isByAgency(table) ? calledIn(told, table === "agency" ? cell.cell : undefined) : undefined;
    const beside = { called, standing: standings?.get(cell.cell), province: table === "agency" ? province : undefined };
    return { cell, figures: { ...figuresOf(cell, beside), ...trend } };
  });
  return standings ? all.toSorted(inOrder(groupOf)) : all;
}

function trendAt({ period, published, closed }: Told): Figures {
  return provinceTrend(
    monthsUpTo(period, closed).flatMap((month) => published({ period: month, table: "total" })?.[0] ?? []),
  );
}

/** As it was when the month closed: what comes after changes no row. */
function monthsUpTo(month: Period, closed: readonly Period[]): Period[] {
  return closed.filter(({ kind, name }) => kind === "month" && name <= month.name);
}

function calledIn({ period, published }: Told, agencyId: string | undefined): CalledAgency[] {
  const quarters = quartersOf(period);
  const cells = quarters.length > 0 ? (published({ period, table: "agency" }) ?? []) : [];
  return cells
    .filter(({ cell }) => agencyId === undefined || cell === agencyId)
    .map((cell) => ({
      cell,
      quarters: quarters.flatMap((quarter) => calledQuarter(cell.cell, { quarter, published })),
    }));
}

function calledQuarter(agencyId: string, { quarter, published }: { quarter: string; published: Publication }) {
  const told = (name: string) => published(byAgency(name))?.find(({ cell }) => cell === agencyId);
  const [cell, probability] = [told(quarter), probabilityBy(told(quarterBefore(quarter)))];
  return cell && probability !== undefined ? [{ cell, probability } satisfies CalledQuarter] : [];
}

/** By the count that is published, so that a weight tells no more than that; undefined where it is held back. */
function probabilityBy(before: PublishedCell | undefined): number | undefined {
  if (before === undefined || before.all === "<5") return 1;
  return before.all === "held-back" ? undefined : callProbability(before.all);
}

function inOrder(groupOf: Told["groupOf"]) {
  const group = ({ cell }: ToldCell) => groupOf(cell.cell) ?? "";
  return (one: ToldCell, other: ToldCell) =>
    group(one).localeCompare(group(other)) ||
    (other.figures.evidence ?? -1) - (one.figures.evidence ?? -1) ||
    one.cell.cell.localeCompare(other.cell.cell);
}
