import { describe, expect, test } from "vitest";
import * as z from "zod";
import { Figures } from "#shared/domain/statistics/figures.ts";
import { partitionNames } from "#shared/domain/statistics/partition.ts";
import { datapackage } from "../../infra/documents/statistics/datapackage.ts";
import { definitions } from "../../infra/documents/statistics/definitions.ts";

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
