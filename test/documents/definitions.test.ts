import { describe, expect, test } from "vitest";
import * as z from "zod";
import { StatisticsQuery } from "#functions/api/any-caller/statistics-query.ts";
import { rowOf } from "#functions/api/any-caller/statistics-row.ts";
import { nowColumns } from "#functions/api/public/read-now.ts";
import { columnsOf, csvOf, flat } from "#functions/api/public/statistics-csv.ts";
import { Figures } from "#shared/domain/statistics/figures.ts";
import { openNow } from "#shared/domain/statistics/open-now.ts";
import { partitionNames } from "#shared/domain/statistics/partition.ts";
import { isPeriod } from "#shared/domain/statistics/period.ts";
import { tablesOf } from "#shared/domain/statistics/published.ts";
import { type PublishedTable, toldTable } from "#shared/domain/statistics/table-figures.ts";
import { datapackage } from "../../infra/documents/statistics/datapackage.ts";
import { definitions } from "../../infra/documents/statistics/definitions.ts";
import { publishedOf } from "../attack/publishing.ts";
import { aWorld } from "../attack/world.ts";

const persian = /\p{Script=Arabic}/u;

test("every figure says in both languages what it counts, what it leaves out and how it may mislead", () => {
  expect(definitions.figures.map(({ name }) => name).toSorted()).toEqual(Figures.keyof().options.toSorted());
  expect(definitions.now.map(({ name }) => name)).toEqual(["overdue", "notOverdue"]);
  for (const { name, title, counts, leavesOut, mayMislead } of [...definitions.figures, ...definitions.now])
    for (const { en, fa } of [title, counts, leavesOut, mayMislead]) {
      expect(persian.test(fa) && !persian.test(en), `${name}: ${fa} / ${en}`).toBe(true);
    }
});

test("every word that a figure may be says what it means", () => {
  const { shape } = Figures;
  const told = Object.fromEntries(definitions.figures.map(({ name, values }) => [name, values]));
  const words = (["class", "comparedWith", "funnelSide", "flags", "trendSignals"] as const).map((name) => {
    const { enum: alone, items } = z.toJSONSchema(shape[name]) as { enum?: string[]; items?: { enum?: string[] } };
    return [name, alone ?? items?.enum ?? []] as const;
  });
  for (const [name, all] of words) {
    expect(all.length, name).toBeGreaterThan(1);
    expect(told[name]?.map(({ id }) => id)).toEqual(all);
    for (const { title } of told[name] ?? []) expect(persian.test(title.fa) && !persian.test(title.en)).toBe(true);
  }
  expect(Object.values(told).filter((values) => values)).toHaveLength(words.length);
});

test("the trend is told to rest on the months up to a row's own, as rows do, and never to change", () => {
  const trend = definitions.figures.filter(({ name }) => name.startsWith("trend"));
  expect(trend.map(({ mayMislead }) => mayMislead.en)).toEqual(Array(4).fill(expect.stringContaining("never change")));
  const mean = trend.find(({ name }) => name === "trendMean");
  expect(mean?.title).toEqual({
    en: expect.stringContaining("months up to this one"),
    fa: expect.stringContaining("تا همین ماه"),
  });
});

test("times say how long a day of theirs is, which on the office clock is no day at work", () => {
  const times = definitions.figures.filter(({ family }) => family === "times");
  expect(times.length).toBeGreaterThan(2);
  const [en, fa] = ["On either clock a day is 24 counted hours", "۱۲۰ ساعت اداری"].map((says) =>
    expect.stringContaining(says),
  );
  for (const { counts } of times) expect(counts).toEqual({ en, fa });
  const longer = definitions.parts.flatMap(({ classes }) => classes.filter(({ id }) => id === "longer"));
  expect(longer.map(({ title }) => title?.en)).toEqual(Array(2).fill(expect.stringContaining("480 office hours")));
});

test("who was called is not told as who called, and the silent have the word that the page has for them", () => {
  const persianOf = JSON.stringify(definitions, (name, value) => (name === "en" ? undefined : value));
  for (const whom of ["پذیرندگانی", "ساکتانی"])
    expect(persianOf.match(new RegExp(`${whom} که با آنان تماس گرفته شد`))?.length, whom).toBe(1);
  expect(persianOf.match(/.{20}(تماس‌گرفته|خاموش).{20}/g)).toBeNull();
});

test("every partition has its classes, and those whose names are letters say what they mean", () => {
  expect(definitions.parts.map(({ name }) => name)).toEqual(partitionNames);
  const unsaid = definitions.parts.flatMap(({ classes }) =>
    classes.filter(({ id, title }) => /^[A-Z]$/.test(id) && !title),
  );
  expect(unsaid).toEqual([]);
});

// As the Data Package, Tabular Data Resource and Table Schema specifications (v1) ask.
describe("the data package", () => {
  const { resources } = datapackage;
  const names = resources.map(({ name }) => String(name));

  test("has a name, and resources with names of their own, each at an address", () => {
    expect(datapackage.name).toMatch(/^[-a-z0-9._/]+$/);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[-a-z0-9._/]+$/.test(name))).toEqual([]);
    expect(resources.filter(({ path }) => !URL.canParse(String(path)))).toEqual([]);
    expect(names).toContain("four-quarters-agency-cause");
    expect(names).not.toContain("month-agency-cause");
  });

  test("says of each table which period it is of, and how others are asked for, as they are", () => {
    const told = resources.map(({ name, path, description }) => ({ name, path, description: String(description) }));
    for (const { name, path, description } of told.filter((one) => one.name !== "now")) {
      expect(description, String(name)).toMatch(/^Of the last closed period; /);
      const [, more = ""] = description.match(/(&from=.*)$/) ?? [];
      const query = Object.fromEntries(new URL(`${path}${more}`).searchParams);
      const { period, from = "", to } = StatisticsQuery.parse(query);
      expect(isPeriod({ kind: period, name: from }) && to === from, String(name)).toBe(true);
    }
    expect(told.find(({ name }) => name === "now")?.description).toContain("no earlier counts");
  });

  const fieldTypes = ["string", "number", "integer", "date", "datetime"];
  type Schema = { fields: { name: string; type: string; title: string }[]; primaryKey?: string[] };
  test.each(resources.map((one) => [String(one.name), one.schema as Schema]))(
    "tells the columns of %s",
    (_, schema) => {
      const columns = schema.fields.map(({ name }) => name);
      expect(new Set(columns).size).toBe(columns.length);
      expect(schema.fields.filter(({ type, title }) => !fieldTypes.includes(type) || !title)).toEqual([]);
      expect((schema.primaryKey ?? []).filter((name) => !columns.includes(name))).toEqual([]);
    },
  );
});

describe("what is served is what its schema says:", () => {
  const shape = { name: "of the data package", agencies: 8, countiesEach: 2, perMonth: 600, months: 12, agreeing: 300 };
  const published = publishedOf(aWorld(shape, 1));
  const closed = published.map(({ period }) => period);

  const cellsOf = (at: PublishedTable) => {
    const isAsked = ({ kind, name }: PublishedTable["period"]) => kind === at.period.kind && name === at.period.name;
    return published.find(({ period }) => isAsked(period))?.tables[at.table];
  };
  const served = new Map<string, string>();
  for (const { period } of published)
    for (const table of tablesOf(period)) {
      const cells = toldTable({ period, table, closed, published: cellsOf, groupOf: () => undefined });
      const rows = cells.map((cell) => flat(rowOf(cell, { period, table })));
      served.set(`${period.kind}-${table}`, csvOf(columnsOf({ table, kind: period.kind }), rows));
    }
  const { province } = openNow({ water: { overdue: { n: 40, k: 3 }, notOverdue: { n: 2, k: 1 } } });
  const counted = { date: "2026-11-22", countedAt: new Date(1_795_315_805_123).toISOString() };
  served.set("now", csvOf(nowColumns, [{ ...counted, ...province }]));

  type Field = { name: string; type: string; format?: string };
  type Schema = { fields: Field[]; missingValues: string[]; primaryKey?: string[] };

  /** Whether a text is of a type, as Table Schema (v1) reads it. */
  const casts: Record<string, (text: string) => boolean> = {
    "string default": () => true,
    "integer default": (text) => /^[-+]?\d+$/.test(text),
    "number default": (text) => /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text),
    "date default": (text) => /^\d{4}-\d\d-\d\d$/.test(text),
    "datetime default": (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text),
    "datetime any": (text) => !Number.isNaN(Date.parse(text)),
  };

  test.each(datapackage.resources.map((one) => [String(one.name), one.schema as Schema]))("%s", (name, schema) => {
    const [header, ...rows] = (served.get(name) ?? "")
      .trim()
      .split("\r\n")
      .map((line) => line.split(","));
    expect(header).toEqual(schema.fields.map((field) => field.name));
    expect(rows.length).toBeGreaterThan(0);
    const isRight = (text: string, { name: column, type, format = "default" }: Field) =>
      schema.missingValues.includes(text) ? !schema.primaryKey?.includes(column) : casts[`${type} ${format}`]?.(text);
    const wrong = rows.flatMap((row) => schema.fields.filter((field, n) => !isRight(row[n] ?? "", field)));
    expect(wrong).toEqual([]);
    const inKey = (_: string, n: number) => schema.primaryKey?.includes(schema.fields[n]?.name ?? "") ?? true;
    expect(new Set(rows.map((row) => row.filter(inKey).join())).size).toBe(rows.length);
  });
});
