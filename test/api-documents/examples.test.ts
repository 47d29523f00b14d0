import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { Problem } from "#functions/http/problem.ts";
import { problemTexts } from "#functions/http/problem-texts.ts";
import { exampleIds, exampleTimes, type InBothLanguages } from "#infra/programs/documents/examples/example-values.ts";
import { allRoutes, openapi } from "#infra/programs/documents/openapi/openapi.ts";
import { examples } from "#infra/programs/documents/openapi/operation.ts";
import { meaningOf } from "#infra/programs/documents/schemas/schemas.ts";
import { deadlinesAtFiling, extendedAnswerBy } from "#shared/complaints/deadlines.ts";
import { requireCategory } from "#shared/province/category.ts";
import { officeHours } from "#shared/province/slices.static.ts";

const languages = ["fa", "en"] as const;
const persian = /\p{Script=Arabic}/u;

describe.each(Object.entries(allRoutes))("the examples of %s", (routeKey, { contract }) => {
  const { body, answer } = contract;
  const shown = examples[routeKey];

  test("are there for the body it takes and the answer it gives", () => {
    expect({ body: shown?.body !== undefined, answer: shown?.answer !== undefined }).toEqual({
      body: body !== undefined,
      answer: "schema" in answer,
    });
  });

  test.each(languages)("are such as the route itself takes and gives (%s)", (language) => {
    if (body) expect(faultsOf(body, shown?.body?.[language])).toEqual([]);
    if ("schema" in answer) expect(answer.schema.parse(shown?.answer?.[language])).toEqual(shown?.answer?.[language]);
  });
});

function faultsOf(schema: z.ZodType, example: unknown) {
  return schema.safeParse(example).error?.issues ?? [];
}

test("no example is of a route that is not there", () => {
  expect(Object.keys(examples).filter((routeKey) => !allRoutes[routeKey])).toEqual([]);
});

test("what people write is Persian in the one example and English in the other", () => {
  const bodies = Object.values(examples).flatMap(({ body }): InBothLanguages[] => (body ? [body] : []));
  const spoken = bodies.filter(({ fa, en }) => JSON.stringify(fa) !== JSON.stringify(en));
  expect(spoken.length).toBeGreaterThan(10);
  expect(spoken.filter(({ fa }) => !persian.test(JSON.stringify(fa)))).toEqual([]);
  expect(spoken.filter(({ en }) => persian.test(JSON.stringify(en)))).toEqual([]);
});

/** What is no route is in no document, and has no example there. */
const shownProblems = Object.keys(problemTexts).filter((code) => code !== "unknown-route");

test.each(shownProblems)("the problem %s is shown in both languages as it is served", (code) => {
  const shown: Record<string, unknown> = openapi.components.examples;
  for (const language of languages) {
    const example = shown[`${code}-${language}`];
    const { title, detail } = Problem.parse(Object(example).value);
    expect(persian.test(title + detail), `${title} ${detail}`).toBe(language === "fa");
    expect(title + detail).not.toMatch(/\{\w*\}|undefined/);
  }
});

test("every field and every parameter says what it means in both languages", () => {
  const { schemas, parameters } = openapi.components;
  const told = { ...openapi.paths, ...schemas, ...parameters };
  expect(Object.entries(told).flatMap(([place, described]) => unexplainedIn(place, described))).toEqual([]);
});

/** Names of fields and parameters that nothing is told of, or in one language alone. */
function unexplainedIn(place: string, described: unknown): string[] {
  const found: string[] = [];
  const walk = (value: unknown, { key, parent }: { key: string; parent: string }) => {
    if (typeof value !== "object" || value === null) return;
    const isField = parent === "properties" || ("in" in value && "schema" in value);
    const isInformed = "description" in value && "x-description-fa" in value;
    if (isField && !isInformed) found.push(`${place}: ${"name" in value ? value.name : key}`);
    for (const [inner, deeper] of Object.entries(value)) {
      if (inner !== "examples") walk(deeper, { key: inner, parent: key });
    }
  };
  walk(described, { key: "", parent: "" });
  return found;
}

test("the deadlines of the examples are what the office clock of the province makes of them", () => {
  const { category, countyId } = exampleIds;
  const calendar = { officeHours, countyId };
  const { acknowledgeBy, answerBy } = exampleTimes;
  const terms = { category: requireCategory(category), calendar };
  expect(deadlinesAtFiling({ ...terms, now: exampleTimes.filed })).toMatchObject({ acknowledgeBy, answerBy });
  expect(extendedAnswerBy({ ...terms, answerBy })).toBe(exampleTimes.extendedAnswerBy);
});

test("a field's meaning is looked for by what it stands in first", () => {
  expect(meaningOf("name", "officer")?.en).toBe("Full name of the officer");
  expect(meaningOf("name", "county")?.en).toBe("Name");
});
