import type { Figures } from "#shared/domain/statistics/comparison/figures.ts";
import type { DerivedCell } from "#shared/domain/statistics/comparison/table-figures.ts";
import { cellKey } from "#shared/domain/statistics/counting/tables.ts";
import { addMonths, closedPeriods, closesOn, type Period } from "#shared/domain/statistics/period.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { isRetired, successorOf } from "#shared/domain/time/retirement.ts";
import type { LocalizedText } from "#shared/domain/vocabulary.ts";
import { type AgencyRow, agencyRow, differingAgencies, type GroupView, groupViews, peerGroupOf } from "./agencies.ts";
import { type OutcomeSummary, summarize } from "./glance.ts";
import type { PageData, PageProvince, Tile } from "./material.ts";
import { type MonthsView, monthsView } from "./months.ts";
import { type OpinionsView, opinionsView } from "./opinions.ts";
import { cellIn, cellReader, type ListRow, lastMonth, listRows, longestPeriodOf, quartersOf } from "./reading.ts";
import { type WaitingView, waitingView } from "./verdict.ts";

export type CountyRow = ListRow & { tile?: Tile | undefined };

/** When which month is published. */
export type NextPublication = { month: string; on: string };

/** What stands above every page's figures: of when they are, and whether newer ones are missing. */
export type DataState = {
  month?: PageData["closed"][number] | undefined;
  longestPeriod?: PageData["closed"][number] | undefined;
  /** A month that ought to be published by now, and is not. */
  late?: NextPublication | undefined;
  /** Undefined as long as nothing was counted: nobody knows of which month the first figures are. */
  next?: NextPublication | undefined;
};

export type ProvinceView = {
  dataState: DataState;
  summary: OutcomeSummary;
  months: MonthsView;
  groups: GroupView[];
  /** Whether agencies are held beside each other: not before four quarters are closed, nor where all have too few. */
  comparison: "compared" | "too-early" | "too-few";
  differingAgencies: AgencyRow[];
  categories: ListRow[];
  causes: ListRow[];
  counties: CountyRow[];
  opinions: OpinionsView;
  waiting?: WaitingView | undefined;
};

export function provinceView(material: PageData): ProvinceView {
  const { province, closed, tables, now } = material;
  const [reading, whole, month] = [cellReader(tables), longestPeriodOf(closed), lastMonth(closed)];
  const groups = groupViews({ cells: reading(whole, "agency"), province, now });
  return {
    dataState: dataStateOf(material),
    summary: summarize(reading(month, "total")[0]),
    months: monthsView({
      months: cellsOf("month", material),
      quarters: cellsOf("quarter", material),
      times: timesOf(whole, reading(whole, "total")[0]),
    }),
    groups,
    comparison: comparisonOf(whole, groups),
    differingAgencies: differingAgencies(groups),
    categories: listRows(province.categories, { cells: reading(whole, "category"), now }),
    causes: listRows(province.causes, { cells: reading(whole, "cause"), now }),
    counties: inFileOrder(listRows(province.counties, { cells: reading(whole, "county"), now }), province.counties),
    opinions: opinionsView(reading(whole, "total")[0]),
    waiting: waitingView(material.waiting),
  };
}

function comparisonOf(whole: Period | undefined, groups: readonly GroupView[]): ProvinceView["comparison"] {
  if (whole?.kind !== "four-quarters") return "too-early";
  return groups.some(({ rows }) => rows.some((row) => row.class !== undefined)) ? "compared" : "too-few";
}

function inFileOrder(rows: readonly ListRow[], counties: PageData["province"]["counties"]): CountyRow[] {
  return counties.flatMap(({ id, tile }) => rows.filter((row) => row.id === id).map((row) => ({ ...row, tile })));
}

/** The province's cells of all closed periods of a kind. */
function cellsOf(wanted: Period["kind"], { closed, tables }: PageData) {
  const reading = cellReader(tables);
  return closed
    .filter(({ kind }) => kind === wanted)
    .flatMap((period) => reading(period, "total").map((cell) => ({ name: period.name, cell })));
}

function timesOf(period: Period | undefined, cell: DerivedCell | undefined): MonthsView["times"] {
  return period && cell && { period, figures: cell.figures };
}

function dataStateOf({ closed, closedUntil, since, now }: PageData): DataState {
  const month = lastMonth(closed);
  const due = since ? closedPeriods({ since, now }).filter(({ kind }) => kind === "month") : [];
  // On the very day it is published in the course of the day.
  const today = localDate(now);
  const late = due.findLast((one) => one.name > (month?.name ?? "") && closesOn(one) < today);
  // A month that was closed before anything was filed leads to no figures, nor to the month after it.
  const last = [since && closedUntil, month?.name, late?.name]
    .filter((name) => name !== undefined)
    .sort()
    .at(-1);
  const following = last ? addMonths(last, 1) : since;
  return {
    month,
    longestPeriod: longestPeriodOf(closed),
    late: late && publicationOf(late.name),
    next: following === undefined ? undefined : publicationOf(following),
  };
}

function publicationOf(month: string): NextPublication {
  return { month, on: closesOn({ kind: "month", name: month }) };
}

export type AgencyView = {
  id: string;
  name: LocalizedText;
  dataState: DataState;
  row: AgencyRow;
  /** Its kind, itself in it. */
  group?: GroupView | undefined;
  quarters: { period: Period; glance: OutcomeSummary }[];
  categories: ListRow[];
  /** Its times to answer, and the province's. */
  times: { own: Figures; province: Figures };
  opinions: OpinionsView;
  /** From which day on nothing is filed at it, and what is in its place. */
  retired?: { from: string; successor?: { id: string; name: LocalizedText } | undefined } | undefined;
  /** Whose complaints it takes over. */
  predecessors: { id: string; name: LocalizedText }[];
};

type AgencyViewInput = { material: PageData; province: Pick<ProvinceView, "groups" | "dataState"> };

export function agencyView(
  id: string,
  { material, province: { groups, dataState } }: AgencyViewInput,
): AgencyView | undefined {
  const { province, closed, tables, now } = material;
  const agency = province.agencies.find((one) => one.id === id);
  if (!agency) return undefined;
  const [reading, whole] = [cellReader(tables), longestPeriodOf(closed)];
  const cells = reading(whole, "agency");
  const derived = cellIn(cells, id);
  const peers = peerGroupOf(agency, cells);
  const group = groups.find(({ id }) => id === peers);
  const keyOf = (category: string) => cellKey("agency-category", { agency: id, category }) ?? "";
  return {
    id,
    name: agency.name,
    dataState,
    row: agencyRow(agency, cells),
    group,
    quarters: quartersOf(closed).map((period) => ({
      period,
      glance: summarize(cellIn(reading(period, "agency"), id)),
    })),
    // By category four quarters alone are published.
    categories:
      whole?.kind === "four-quarters"
        ? listRows(province.categories, { cells: reading(whole, "agency-category"), now, keyOf })
        : [],
    times: { own: derived?.figures ?? {}, province: reading(whole, "total")[0]?.figures ?? {} },
    opinions: opinionsView(derived),
    retired: retirementOf(agency, material),
    predecessors: province.agencies.filter((one) => isRetired(one, now) && one.successorId === id),
  };
}

function retirementOf(agency: PageProvince["agencies"][number], { province, now }: PageData): AgencyView["retired"] {
  if (agency.retiredFrom === undefined || !isRetired(agency, now)) return undefined;
  const successor = successorOf(province.agencies, { id: agency.id, now });
  return { from: agency.retiredFrom, successor: province.agencies.find(({ id }) => id === successor) };
}
