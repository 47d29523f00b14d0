import { expect, test } from "vitest";
import * as z from "zod";
import { codeNames } from "#functions/complaints/export-texts.ts";
import { asyncapi } from "#infra/programs/documents/descriptions/asyncapi.ts";
import { allRoutes, openapi } from "#infra/programs/documents/openapi/openapi.ts";
import { answerMeanings } from "#infra/programs/documents/schemas/answer-meanings.ts";
import { meanings } from "#infra/programs/documents/schemas/field-meanings.ts";
import { issueMeanings } from "#infra/programs/documents/schemas/issue-meanings.ts";
import { noticeMeanings } from "#infra/programs/documents/schemas/notice-meanings.ts";
import { promiseMeanings } from "#infra/programs/documents/schemas/promise-meanings.ts";
import { proposalMeanings } from "#infra/programs/documents/schemas/proposal-meanings.ts";

const Described = z.looseObject({ description: z.string() });
const Meant = Described.extend({ "x-description-fa": z.string() });
const Parameter = Meant.extend({ in: z.string(), name: z.string() });

/** Every value in the document, with its place. */
function valuesIn(value: unknown, place: string[] = []): { place: string[]; value: unknown }[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).filter(([key]) => key !== "examples");
  return [{ place, value }, ...inner.flatMap(([key, deeper]) => valuesIn(deeper, [...place, key]))];
}

test.each(Object.entries(allRoutes))("the schemas of %s bring no descriptions of their own", (_, { contract }) => {
  const { path, query, body, answer } = contract;
  const described = (schema: z.ZodType | undefined, io: "input" | "output") =>
    schema ? [z.toJSONSchema(schema, { io, unrepresentable: "any" })] : [];
  const sent = [path, query, body].flatMap((schema) => described(schema, "input"));
  const answered = described("schema" in answer ? answer.schema : undefined, "output");
  const own = valuesIn([...sent, ...answered]).filter(({ value }) => Described.safeParse(value).success);
  expect(own.map(({ place }) => place.join("."))).toEqual([]);
});

test("an export calls a finding as the documents do", () => {
  const { fa } = meanings.finding ?? expect.unreachable();
  for (const [finding, name] of Object.entries(codeNames.finding ?? {}))
    expect(fa).toContain(` ${name.fa} (${finding})`);
});

test("every meaning is that of a field or a parameter in a document, and none stands twice", () => {
  const told = valuesIn(JSON.parse(JSON.stringify({ openapi, asyncapi }))).flatMap(({ place, value }) => {
    const parameter = Parameter.safeParse(value).data;
    const name = place.at(-2) === "properties" ? place.at(-1) : parameter?.name;
    const meaning = Meant.safeParse(value).data;
    return name && meaning ? [rowOf(name, { en: meaning.description, fa: meaning["x-description-fa"] })] : [];
  });
  const rows = Object.entries(meanings).map(([key, meaning]) => rowOf(key.split(".").at(-1) ?? "", meaning));
  expect(rows.filter((row) => !told.includes(row))).toEqual([]);
  expect(rows.filter((row, n) => rows.indexOf(row) !== n)).toEqual([]);
});

const rowOf = (name: string, { en, fa }: { en: string; fa: string }) => `${name}: ${en} / ${fa}`;

test("no table of meanings has a name that another has: the one that comes later would describe the fields of both", () => {
  const tables = [answerMeanings, issueMeanings, noticeMeanings, promiseMeanings, proposalMeanings];
  const names = tables.flatMap((table) => Object.keys(table));
  expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
});
