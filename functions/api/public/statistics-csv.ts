import { figuresIn } from "#shared/domain/statistics/figure-family.ts";
import type { PeriodKind } from "#shared/domain/statistics/period.ts";
import { partitionsIn } from "#shared/domain/statistics/published.ts";
import { dimensionsOf, type Table } from "#shared/domain/statistics/table.ts";
import { idNames, type StatisticsRow } from "../any-caller/statistics-row.ts";

/** Tells what a table's columns are, by the names that its rows have in JSON; a partition is one column. */
export function columnsOf({ table, kind }: { table: Table; kind: PeriodKind }): string[] {
  return [
    "period",
    "firstDay",
    "lastDay",
    ...dimensionsOf[table].map((dimension) => idNames[dimension]),
    "count",
    ...figuresIn({ table, kind }),
    ...partitionsIn({ table, kind }).map((name) => `parts.${name}`),
  ];
}

/** A row by its columns. */
export function flat({ parts, ...row }: StatisticsRow): Record<string, unknown> {
  const told = Object.entries(parts ?? {}).map(([name, shown]) => [`parts.${name}`, shown.map(partText)]);
  return { ...row, ...Object.fromEntries(told) };
}

type Told = { classes: string[]; shown: number | string; mostly?: string | undefined };

/** `D:6`, `N+L:9` where classes are told as one, and `N+L:90:L` where they are mostly the last of these. */
function partText({ classes, shown, mostly }: Told): string {
  return [classes.join("+"), shown, ...(mostly === undefined ? [] : [mostly])].join(":");
}

/** What spreadsheets take for a formula when a cell begins with it. */
const formula = /^[=+\-@\t\r]/;

/** CSV as RFC 4180 has it, in UTF-8 without a byte order mark; several values of a cell are joined by `|`. */
export function csvOf(columns: readonly string[], rows: readonly Record<string, unknown>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => cellText(row[column])))];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cellText(value: unknown): string {
  const text = Array.isArray(value) ? value.join("|") : String(value ?? "");
  if (formula.test(text)) throw new Error("a cell would begin a formula");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
