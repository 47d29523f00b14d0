import { monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { closedPeriods, closesOn, type Period } from "#shared/domain/statistics/period.ts";
import type { DerivedCell } from "#shared/domain/statistics/table-figures.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import type { Material, Tile } from "../material.ts";
import { type AgencyRow, differingIn, type GroupView, groupsOf } from "./agencies.ts";
import { type Glance, glanceOf } from "./glance.ts";
import { type ListRow, listOf } from "./lists.ts";
import { type MonthsView, monthsView } from "./months.ts";
import { type OpinionsView, opinionsOf } from "./opinions.ts";
import { lastMonth, readingOf, wholeOf } from "./reading.ts";
import { type WaitingView, waitingView } from "./waiting.ts";

export type CountyRow = ListRow & { tile?: Tile | undefined };

/** When which month is published. */
export type Next = { month: string; on: string };

/** What stands above every page's figures: of when they are, and whether newer ones are missing. */
export type Currency = {
  month?: Material["closed"][number] | undefined;
  whole?: Material["closed"][number] | undefined;
  /** A month that ought to be published by now, and is not. */
  late?: Next | undefined;
  /** Undefined as long as nothing was counted: nobody knows of which month the first figures are. */
  next?: Next | undefined;
};

export type ProvinceView = {
  currency: Currency;
  glance: Glance;
  months: MonthsView;
  groups: GroupView[];
  /** Whether agencies are held beside each other: not before four quarters are closed, nor where all have too few. */
  comparison: "compared" | "too-early" | "too-few";
  differing: AgencyRow[];
  categories: ListRow[];
  causes: ListRow[];
  counties: CountyRow[];
  opinions: OpinionsView;
  waiting?: WaitingView | undefined;
};

export function provinceView(material: Material): ProvinceView {
  const { province, closed, tables, now } = material;
  const [reading, whole, month] = [readingOf(tables), wholeOf(closed), lastMonth(closed)];
  const groups = groupsOf({ cells: reading(whole, "agency"), province, now });
  return {
    currency: currencyOf(material),
    glance: glanceOf(reading(month, "total")[0]),
    months: monthsView({
      months: cellsOf("month", material),
      quarters: cellsOf("quarter", material),
      times: timesOf(whole, reading(whole, "total")[0]),
    }),
    groups,
    comparison: comparisonOf(whole, groups),
    differing: differingIn(groups),
    categories: listOf(province.categories, { cells: reading(whole, "category"), now }),
    causes: listOf(province.causes, { cells: reading(whole, "cause"), now }),
    counties: inFileOrder(listOf(province.counties, { cells: reading(whole, "county"), now }), province.counties),
    opinions: opinionsOf(reading(whole, "total")[0]),
    waiting: waitingView(material.waiting),
  };
}

function comparisonOf(whole: Period | undefined, groups: readonly GroupView[]): ProvinceView["comparison"] {
  if (whole?.kind !== "four-quarters") return "too-early";
  return groups.some(({ rows }) => rows.some((row) => row.class !== undefined)) ? "compared" : "too-few";
}

function inFileOrder(rows: readonly ListRow[], counties: Material["province"]["counties"]): CountyRow[] {
  return counties.flatMap(({ id, tile }) => rows.filter((row) => row.id === id).map((row) => ({ ...row, tile })));
}

/** The province's cells of all closed periods of a kind. */
function cellsOf(wanted: Period["kind"], { closed, tables }: Material) {
  const reading = readingOf(tables);
  return closed
    .filter(({ kind }) => kind === wanted)
    .flatMap((period) => reading(period, "total").map((cell) => ({ name: period.name, cell })));
}

function timesOf(period: Period | undefined, cell: DerivedCell | undefined): MonthsView["times"] {
  return period && cell && { period, figures: cell.figures };
}

function currencyOf({ closed, closedUntil, since, now }: Material): Currency {
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
  const following = last ? monthsLater(last, 1) : since;
  return {
    month,
    whole: wholeOf(closed),
    late: late && publicationOf(late.name),
    next: following === undefined ? undefined : publicationOf(following),
  };
}

function publicationOf(month: string): Next {
  return { month, on: closesOn({ kind: "month", name: month }) };
}
