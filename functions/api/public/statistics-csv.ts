import { breakdowns } from "#shared/domain/statistics/breakdown.ts";
import { figuresIn } from "#shared/domain/statistics/figures.ts";
import type { PeriodKind } from "#shared/domain/statistics/period.ts";
import { breakdownsOf } from "#shared/domain/statistics/published.ts";
import { dimensionsOf, type Table } from "#shared/domain/statistics/table.ts";
import { idNames, type StatisticsRow } from "../any-caller/statistics-row.ts";

/** A table's columns, by the names that its rows have in JSON; each class of a breakdown is a column, `outcome.late`. */
export function columnsOf({ table, kind }: { table: Table; kind: PeriodKind }): string[] {
  return [
    "period",
    "firstDay",
    "lastDay",
    ...dimensionsOf[table].map((dimension) => idNames[dimension]),
    ...(table === "agency" && kind === "four-quarters" ? ["peerGroup"] : []),
    "count",
    ...figuresIn({ table, kind }),
    ...breakdownsOf({ table, kind }).flatMap((name) => breakdowns[name].map((part) => `${name}.${part}`)),
  ];
}

/** A row by its columns. */
export function flat({ breakdowns: published, ...row }: StatisticsRow): Record<string, unknown> {
  const numbers = Object.entries(published ?? {}).flatMap(([name, parts]) =>
    Object.entries(parts).map(([part, n]) => [`${name}.${part}`, n]),
  );
  return { ...row, ...Object.fromEntries(numbers) };
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
