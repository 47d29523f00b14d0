import { describe, expect, test } from "vitest";
import * as z from "zod";
import { Figures } from "#functions/figures/figures.ts";
import { publish, tablesOfPeriod } from "#functions/figures/publication.ts";
import { waitingColumns } from "#functions/figures/read-statistics.function.ts";
import { servedCountiesAt } from "#functions/figures/rounding.ts";
import { StatisticsQuery } from "#functions/figures/statistics-query.api.ts";
import { columnsOf, csvOf, flattenRow, statisticsRow } from "#functions/figures/statistics-rows.api.ts";
import { deriveTable, type PublishedTable } from "#functions/figures/table-figures.ts";
import { addComplaint, breakdownNames, breakdowns, emptyCounts } from "#functions/figures/tables.ts";
import { publishWaiting } from "#functions/figures/waiting.ts";
import { datapackage } from "#infra/programs/documents/descriptions/datapackage.ts";
import { definitions } from "#infra/programs/documents/statistics/definitions.ts";
import { closedPeriods, isPeriod, type Period } from "#shared/time/period.ts";

const persian = /\p{Script=Arabic}/u;

/** Whether a text is Persian in the one language and without Persian in the other. */
const isInBoth = ({ fa, en }: { fa: string; en: string }) => persian.test(fa) && !persian.test(en);

test("the definitions begin with the method: four sentences for a citizen", () => {
  expect(Object.keys(definitions)[0]).toBe("method");
  expect(definitions.method).toHaveLength(4);
  expect(definitions.method.filter((text) => !isInBoth(text))).toEqual([]);
  for (const sentence of definitions.method.flatMap(({ en, fa }) => [en, fa]))
    expect(sentence.match(/[.!?](?=\s|$)/g), sentence).toHaveLength(1);
});

test("every figure says in both languages what it counts, what it leaves out and how it may mislead", () => {
  expect(definitions.figures.map(({ name }) => name).toSorted()).toEqual(Figures.keyof().options.toSorted());
  expect(definitions.waiting.map(({ name }) => name)).toEqual(["overdue", "notYetDue"]);
  for (const { name, title, counts, leavesOut, mayMislead } of [...definitions.figures, ...definitions.waiting])
    for (const text of [title, counts, leavesOut, mayMislead])
      expect(isInBoth(text), `${name}: ${text.fa} / ${text.en}`).toBe(true);
});

test("every word that a figure may be says what it means", () => {
  const { shape } = Figures;
  const explained = Object.fromEntries(definitions.figures.map(({ name, values }) => [name, values]));
  const words = (["comparisonClass", "comparedWith", "comparisonSide", "flags", "trendSignals"] as const).map(
    (name) => {
      const { enum: alone, items } = z.toJSONSchema(shape[name]) as { enum?: string[]; items?: { enum?: string[] } };
      return [name, alone ?? items?.enum ?? []] as const;
    },
  );
  for (const [name, all] of words) {
    expect(all.length, name).toBeGreaterThan(1);
    expect(explained[name]?.map(({ id }) => id)).toEqual(all);
    for (const { title } of explained[name] ?? []) expect(isInBoth(title)).toBe(true);
  }
  expect(Object.values(explained).filter((values) => values)).toHaveLength(words.length);
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

test("times say that office hours are fewer than the hours of a day, and where the unanswered count", () => {
  const times = definitions.figures.filter(({ family }) => family === "times");
  expect(times.length).toBeGreaterThan(2);
  for (const { counts } of times) {
    expect(counts.en).toContain("24 of them are several working days");
    expect(counts.fa).toContain("۲۴ ساعت اداری چند روز کاری است");
    expect(counts.fa).toContain("بی‌پاسخ گذاشتن عدد را بهتر نمی‌کند");
  }
});

test("the silent have the word that the page has for them, and the called are not named as callers", () => {
  const persianOf = JSON.stringify(definitions, (name, value) => (name === "en" ? undefined : value));
  expect(persianOf).toContain("ساکت مانده بودند");
  expect(persianOf.match(/.{20}(تماس‌گرفته|خاموش).{20}/g)).toBeNull();
});

test("every breakdown and each of its classes says what it means", () => {
  expect(definitions.breakdowns.map(({ name }) => name)).toEqual(breakdownNames);
  for (const { name, title, classes } of definitions.breakdowns) {
    expect(isInBoth(title), name).toBe(true);
    expect(classes.map(({ id }) => id)).toEqual(breakdowns[name]);
    // Marks are numbers.
    const unsaid = classes.filter((one) => !isInBoth(one.title) && !/^\d$/.test(one.title.en));
    expect(unsaid, name).toEqual([]);
  }
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
    for (const { name, path, description } of told.filter((one) => one.name !== "waiting")) {
      expect(description, String(name)).toMatch(/^The last closed period; /);
      const [, more = ""] = description.match(/(&from=.*)$/) ?? [];
      const query = Object.fromEntries(new URL(`${path}${more}`).searchParams);
      const { period, from = "", to } = StatisticsQuery.parse(query);
      expect(isPeriod({ kind: period, name: from }) && to === from, String(name)).toBe(true);
    }
    expect(told.find(({ name }) => name === "waiting")?.description).toContain("no earlier counts");
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
  const agencyIds = Array.from({ length: 8 }, (_, n) => `agency-${n}`);
  const countyIds = ["north", "south"];
  const published = publishedFor(closedPeriods({ since: "1405-01", now: "2027-05-01T00:00:00.000Z" }));
  const closed = published.map(({ period }) => period);

  function publishedFor(periods: readonly Period[]) {
    const ids = { agency: agencyIds, category: ["disrespect"], county: countyIds, cause: ["conduct"] };
    const serving = servedCountiesAt(
      agencyIds.map((id) => ({ id, countyIds })),
      "2026-06-01T00:00:00.000Z",
    );
    const publishing = { key: "a key", ids, serving, peerGroupOf: () => "offices" };
    return periods.map((period) => publish({ period, counts: countsOfMany() }, publishing));
  }

  /** Complaints of every class, so that each column has numbers. */
  function countsOfMany() {
    const counts = emptyCounts();
    for (let n = 0; n < 1_200; n++) {
      const agency = agencyIds[n % agencyIds.length] ?? "";
      const county = countyIds[n % countyIds.length] ?? "";
      const measures = breakdownNames.map((name) => {
        const classes: readonly string[] = breakdowns[name];
        return `${name}:${classes[n % classes.length]}` as const;
      });
      const holders = [{ agencyId: agency, transferredOut: n % 9 === 0 }];
      addComplaint(counts, { place: { agency, county, category: "disrespect", cause: "conduct" }, measures, holders });
    }
    return counts;
  }

  const cellsOf = ({ period, table }: PublishedTable) =>
    published.find((one) => one.period.kind === period.kind && one.period.name === period.name)?.tables[table];
  const served = new Map<string, string>();
  for (const { period } of published)
    for (const table of tablesOfPeriod(period.kind)) {
      const cells = deriveTable({ period, table, closed, published: cellsOf });
      const rows = cells.map((cell) => flattenRow(statisticsRow(cell, { period, table })));
      served.set(`${period.kind}-${table}`, csvOf(columnsOf({ table, kind: period.kind }), rows));
    }
  const { province } = publishWaiting({ water: { overdue: 43, notYetDue: 2 } }, { key: "a key", month: "1405-09" });
  const counted = { date: "2026-11-22", countedAt: new Date(1_795_315_805_123).toISOString() };
  served.set("waiting", csvOf(waitingColumns, [{ ...counted, ...province }]));

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
