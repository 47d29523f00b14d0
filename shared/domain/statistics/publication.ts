import { partsShown, shown, shownOfMany, type Tally, without } from "./cell.ts";
import { countiesServedByFew, type Serving, servingSince, withoutSums } from "./county-of-few.ts";
import { heldBack, type Served } from "./held-back.ts";
import { type IranianMonth, monthsLater } from "./iranian-month.ts";
import { successorsAt } from "./joined-agency.ts";
import { newSince } from "./newcomer.ts";
import { type OnlyCounties, onlyCountiesOf, saysMore } from "./only-county.ts";
import { emptySince, type Retirable, withoutOnlyHidden } from "./only-hidden.ts";
import { leavesOut, leftOut, type Partition, partitions } from "./partition.ts";
import { monthsOf, type Period, periodEndingWith, periodsClosingWith } from "./period.ts";
import { type PublishedCell, type PublishedPeriod, type PublishedTables, partitionsIn, tablesOf } from "./published.ts";
import { type CellKey, cellKey, type Dimension, dimensionsOf, type Place, type Table } from "./table.ts";
import { type Tallies, tallyIn, together } from "./tallies.ts";

type Run = {
  /** The month that closes; a quarter, a year and four quarters may close with it. */
  closing: IranianMonth;
  /** The tallies of every month that a closing period has, all counted by what is known on this day. */
  cohorts: ReadonlyMap<IranianMonth, Tallies>;
  /** What was published of the twelve months before on earlier days. */
  earlier: readonly PublishedPeriod[];
  /** Every value that a dimension can have: a row is there for each, since a missing one would tell none from few. */
  values: Record<Dimension, readonly string[]>;
  /** Every agency that ever was. */
  agencies: readonly Serving[];
  /** Categories and counties, the retired ones too. */
  retirable: Retirable;
};

/** The periods that close with a month, as they are published: together, since one must not undo what another hides. */
export function publish({ closing, cohorts, earlier, values, agencies, retirable }: Run): PublishedPeriod[] {
  const begun = [...cohorts.keys()].reduce((one, other) => (one < other ? one : other), closing);
  const isNew = newSince(earlier, closing);
  const serving = agencies.map((one) => ({ ...one, isNew: isNew({ table: "agency", cell: one.id }) }));
  const servedIn = (period: Period) => servedSince(monthsOf(period)[0] ?? closing, { agencies: serving, retirable });
  const counted = periodsClosingWith(closing, begun).map((period) => ({
    period,
    tallies: together(monthsOf(period).map((month) => cohorts.get(month) ?? missing(month))),
    ...servedIn(period),
  }));
  const cells = (table: Table, onlyCounties: OnlyCounties) => cellsOf(table, { values, onlyCounties });
  const before = earlier.map((one) => ({ ...one, ...servedIn(one.period) }));
  const isHeld = heldBack({ counted, earlier: before, cellsOf: cells, successors: successorsAt(agencies, closing) });
  return counted.map(({ period, tallies, onlyCounties, few }) => {
    const tables: PublishedTables = {};
    for (const table of tablesOf(period))
      tables[table] = cells(table, onlyCounties).map((cell) => {
        const isNear = (held: boolean) => isHeld({ period, table, cell, held });
        const told = cellShown({ tallies, table, cell }, period, isNear(true) ? ["passed-on"] : []);
        // What is too small says no more than that: by another mark beside it one could tell none from few.
        return typeof told.all === "number" && isNear(false) ? { cell, all: "held-back" } : told;
      });
    const known = { isEmpty: emptySince(monthsOf(period)[0] ?? closing, retirable), isNew, few };
    return { period, tallies, tables: withoutOnlyHidden(withoutSums(tables, few), known) };
  });
}

/** What everybody knows of who serves which counties, from the beginning of a month on. */
function servedSince(month: IranianMonth, { agencies, retirable }: Pick<Run, "agencies" | "retirable">): Served {
  const serving = servingSince(agencies, { month, counties: retirable.county ?? [] });
  return { onlyCounties: onlyCountiesOf(serving), few: countiesServedByFew(serving, month) };
}

function missing(month: IranianMonth): never {
  throw new Error(`the month ${month} was not counted`);
}

/** The first month that anything which closes with `closing` has in it. */
export function firstMonthFor(closing: IranianMonth): IranianMonth {
  return periodEndingWith(closing, "four-quarters") ? monthsLater(closing, -11) : closing;
}

/** Every cell that a table has, whether anything was counted in it or not. */
function cellsOf(
  table: Table,
  { values, onlyCounties }: Pick<Run, "values"> & { onlyCounties: OnlyCounties },
): CellKey[] {
  const places = dimensionsOf[table].reduce<Place[]>(
    (begun, dimension) =>
      begun.flatMap((place) => values[dimension].map((value) => ({ ...place, [dimension]: value }))),
    [{}],
  );
  return places.filter((place) => saysMore(table, place, onlyCounties)).flatMap((place) => cellKey(table, place) ?? []);
}

type At = { tallies: Tallies; table: Table; cell: CellKey };

function cellShown({ tallies, table, cell }: At, period: Period, near: readonly Partition[]): PublishedCell {
  const all = shown(tallyIn(tallies, { table, cell, measure: "all" }));
  const told = partitionsIn({ table, kind: period.kind }).filter((name) => !near.includes(name));
  // What an agency passed on is told of all that it ever held: of one that keeps nothing, it is all there is to tell.
  const ofFew = table === "agency" ? told.filter((name) => name === "passed-on") : [];
  const parts = partsOf({ tallies, table, cell }, all === "<5" ? ofFew : told);
  if (table !== "total" || period.kind !== "year") return { cell, all, parts };
  const [n, k] = tallies.retaliations;
  return { cell, all, parts, retaliations: shownOfMany({ n, k }) };
}

function partsOf(at: At, told: readonly Partition[]): PublishedCell["parts"] {
  const parts = told.flatMap((partition) => {
    const classes = talliesOf(at, partition);
    if (partsShown(classes).every((part) => part.shown === "<5")) return [];
    const rest = leftOutOf(at, partition, classes);
    return [[partition, partsShown(rest ? [...classes, [leftOut, rest]] : classes)] as const];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

type ClassTallies = (readonly [string, Tally])[];

function talliesOf({ tallies, table, cell }: At, partition: Partition): ClassTallies {
  return partitions[partition].map((name) => {
    const measure = `${partition}:${name}` as const;
    return [name, tallyIn(tallies, { table, cell, measure })] as const;
  });
}

/**
 * What a partition leaves out, where that is too few to be shown: it joins the last part, or who compares all parts with
 * the cell would know how many it is.
 */
function leftOutOf({ tallies, table, cell }: At, partition: Partition, classes: ClassTallies): Tally | undefined {
  if (!leavesOut(partition)) return undefined;
  const rest = without(
    tallyIn(tallies, { table, cell, measure: "all" }),
    classes.map(([, tally]) => tally),
  );
  return shown(rest) === "<5" ? rest : undefined;
}
