import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { NationalCalendar } from "#shared/province/national-calendar.ts";
import { ProvinceFile } from "#shared/province/province.ts";

const folder = join(import.meta.dirname, "../../provinces/schema");
const schemas: Record<string, z.ZodType> = { "province.json": ProvinceFile, "calendar.json": NationalCalendar };

/** Writes the JSON Schemas by which an editor helps: named by `$schema` in the provinces' files and in the calendar. */
export function writeSchemas(): number {
  for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(folder, name), text);
  return 0;
}

/** The text of each schema by the name of its file. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, `${JSON.stringify(jsonSchemaOf(schema), null, 2)}\n`]),
  );
}

function jsonSchemaOf(schema: z.ZodType): unknown {
  const made = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    reused: "ref",
    override: ({ jsonSchema }) => allowComments(jsonSchema),
  });
  return { ...made, properties: { $schema: { type: "string" }, ...made.properties } };
}

/** A field whose name begins with `//` is a comment, wherever other fields are fixed. */
function allowComments(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.type !== "object") return;
  if (schema.additionalProperties === false) schema.patternProperties = { "^//": { type: "string" } };
}
