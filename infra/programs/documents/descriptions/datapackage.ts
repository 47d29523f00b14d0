import * as z from "zod";
import { Figures } from "#functions/figures/figures.ts";
import { tablesOfPeriod } from "#functions/figures/publication.ts";
import { waitingColumns } from "#functions/figures/read-statistics.function.ts";
import { columnsOf, idFieldOf } from "#functions/figures/statistics-rows.api.ts";
import { breakdownNames, breakdowns, dimensionsOf } from "#functions/figures/tables.ts";
import { catalog, provinceId, publicUrl } from "#shared/province/slices.static.ts";
import { PeriodKind } from "#shared/time/period.ts";
import type { Json } from "../schemas/schemas.ts";
import { titleOf } from "../statistics/figure-texts.ts";

const classColumns = breakdownNames.flatMap((name) => breakdowns[name].map((id) => `${name}.${id}`));

/** The Frictionless type of each column; a column that is missing here is a string. */
const types: Record<string, string> = {
  count: "integer",
  ...Object.fromEntries(classColumns.map((column) => [column, "integer"])),
  ...Object.fromEntries(Object.entries(Figures.shape).map(([name, schema]) => [name, typeOf(schema)])),
  firstDay: "date",
  lastDay: "date",
  date: "date",
  countedAt: "datetime",
};

function typeOf(schema: z.ZodType): string {
  const { type } = z.toJSONSchema(schema, { unrepresentable: "any" });
  // CSV has no lists: their values are joined into one string.
  return type === "number" || type === "integer" ? type : "string";
}

function fieldOf(name: string): Json {
  const type = types[name] ?? "string";
  // The default format of an instant has whole seconds; our instants have milliseconds.
  return { name, type, ...(type === "datetime" && { format: "any" }), title: titleOf(name).en };
}

type Resource = { name: string; description: string; path: string; columns: string[]; primaryKey?: string[] };

function resource({ name, description, path, columns, primaryKey }: Resource): Json {
  return {
    name,
    description,
    path: `${publicUrl}${path}`,
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    profile: "tabular-data-resource",
    schema: { fields: columns.map(fieldOf), missingValues: [""], ...(primaryKey && { primaryKey }) },
  };
}

const example: Record<PeriodKind, string> = {
  month: "1405-01",
  quarter: "1405-Q1",
  "four-quarters": "1405-Q1",
};

const tables = PeriodKind.options.flatMap((kind) =>
  tablesOfPeriod(kind).map((table) =>
    resource({
      name: `${kind}-${table}`,
      description: `The last closed period; for earlier ones add from and to, such as &from=${example[kind]}&to=${example[kind]}`,
      path: `/v1/statistics?period=${kind}&table=${table}&format=csv`,
      columns: columnsOf({ table, kind }),
      primaryKey: ["period", ...dimensionsOf[table].map((dimension) => idFieldOf[dimension])],
    }),
  ),
);

const waiting = resource({
  name: "waiting",
  description: "The last count, made on the first morning of an Iranian month; there are no earlier counts",
  path: "/v1/statistics/waiting?format=csv",
  columns: waitingColumns,
});

/** Every table of its last closed period as CSV, with its Table Schema. */
export const datapackage = {
  profile: "data-package",
  name: `foad-${provinceId}`,
  title: `${catalog.province.name.en}: FOAD 128`,
  description: `${publicUrl}/v1/statistics/definitions`,
  resources: [...tables, waiting],
};
