import type { Figures } from "#functions/figures/figures.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import { cellKey } from "#functions/figures/tables.ts";
import { isRetired, successorOf } from "#shared/province/retirement.ts";
import { localDate } from "#shared/time/local-time.ts";
import { addMonths, closedPeriods, closesOn, type Period } from "#shared/time/period.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import { type AgencyRow, agencyRow, differingAgencies, type GroupView, groupViews, peerGroupOf } from "./agencies.ts";
import type { PageData, PageProvince, Tile } from "./material.ts";
import { type MonthsView, monthsView } from "./months.ts";
import { type OpinionsView, opinionsView } from "./opinions.ts";
import { cellIn, cellReader, type ListRow, lastMonth, listRows, longestPeriodOf, quartersOf } from "./reading.ts";
import { type OutcomeSummary, summarize } from "./summary.ts";
import { type WaitingView, waitingView } from "./verdict.ts";

export type CountyRow = ListRow & { tile?: Tile | undefined };

/** A month, and the day (Tehran) on which its figures are due. */
export type NextPublication = { month: string; on: string };

/** The periods that the figures of a page are of, and whether newer figures are missing. */
export type DataState = {
  month?: PageData["closed"][number] | undefined;
  longestPeriod?: PageData["closed"][number] | undefined;
  /** A month that is due and not yet published. */
  late?: NextPublication | undefined;
  /** The next publication; undefined until the first complaint is counted. */
  next?: NextPublication | undefined;
};

export type ProvinceView = {
  dataState: DataState;
  summary: OutcomeSummary;
  months: MonthsView;
  groups: GroupView[];
  /** Whether agencies are compared. `too-early`: before four quarters are closed; `too-few-complaints`: no agency has enough complaints. */
  comparison: "compared" | "too-early" | "too-few-complaints";
  differingAgencies: AgencyRow[];
  categories: ListRow[];
  causes: ListRow[];
  counties: CountyRow[];
  opinions: OpinionsView;
  waiting?: WaitingView | undefined;
};

export function provinceView(material: PageData): ProvinceView {
  const { province, closed, tables, now } = material;
  const [readCells, longest, month] = [cellReader(tables), longestPeriodOf(closed), lastMonth(closed)];
  const groups = groupViews({ cells: readCells(longest, "agency"), province, now });
  return {
    dataState: dataStateOf(material),
    summary: summarize(readCells(month, "total")[0]),
    months: monthsView({
      months: cellsOf("month", material),
      quarters: cellsOf("quarter", material),
      times: timesOf(longest, readCells(longest, "total")[0]),
    }),
    groups,
    comparison: comparisonOf(longest, groups),
    differingAgencies: differingAgencies(groups),
    categories: listRows(province.categories, { cells: readCells(longest, "category"), now }),
    causes: listRows(province.causes, { cells: readCells(longest, "cause"), now }),
    counties: inFileOrder(listRows(province.counties, { cells: readCells(longest, "county"), now }), province.counties),
    opinions: opinionsView(readCells(longest, "total")[0]),
    waiting: waitingView(material.waiting),
  };
}

function comparisonOf(longest: Period | undefined, groups: readonly GroupView[]): ProvinceView["comparison"] {
  if (longest?.kind !== "four-quarters") return "too-early";
  return groups.some(({ rows }) => rows.some((row) => row.class !== undefined)) ? "compared" : "too-few-complaints";
}

function inFileOrder(rows: readonly ListRow[], counties: PageData["province"]["counties"]): CountyRow[] {
  return counties.flatMap(({ id, tile }) => rows.filter((row) => row.id === id).map((row) => ({ ...row, tile })));
}

/** The province's cells of all closed periods of a kind. */
function cellsOf(wanted: Period["kind"], { closed, tables }: PageData) {
  const readCells = cellReader(tables);
  return closed
    .filter(({ kind }) => kind === wanted)
    .flatMap((period) => readCells(period, "total").map((cell) => ({ name: period.name, cell })));
}

function timesOf(period: Period | undefined, cell: DerivedCell | undefined): MonthsView["times"] {
  return period && cell && { period, figures: cell.figures };
}

function dataStateOf({ closed, closedUntil, since, now }: PageData): DataState {
  const month = lastMonth(closed);
  const due = since ? closedPeriods({ since, now }).filter(({ kind }) => kind === "month") : [];
  // On the due day itself the figures may still be published, so they are not late.
  const today = localDate(now);
  const late = due.findLast((one) => one.name > (month?.name ?? "") && closesOn(one) < today);
  // Months that were closed before the first complaint have no figures, and do not tell which month comes next.
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
  /** Its peer group, the agency included. */
  group?: GroupView | undefined;
  quarters: { period: Period; summary: OutcomeSummary }[];
  categories: ListRow[];
  /** Its times to answer, and the province's. */
  times: { own: Figures; province: Figures };
  opinions: OpinionsView;
  /** The day from which it takes no complaints, and the agency that takes its place. */
  retired?: { from: string; successor?: { id: string; name: LocalizedText } | undefined } | undefined;
  /** The retired agencies whose complaints it takes over. */
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
  const [readCells, longest] = [cellReader(tables), longestPeriodOf(closed)];
  const cells = readCells(longest, "agency");
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
      summary: summarize(cellIn(readCells(period, "agency"), id)),
    })),
    // Categories of an agency are published only for four quarters together.
    categories:
      longest?.kind === "four-quarters"
        ? listRows(province.categories, { cells: readCells(longest, "agency-category"), now, keyOf })
        : [],
    times: { own: derived?.figures ?? {}, province: readCells(longest, "total")[0]?.figures ?? {} },
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
