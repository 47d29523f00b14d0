import * as z from "zod";
import type { Json } from "./json.ts";
import { withMeanings } from "./meanings.ts";

/**
 * Collects the schemas of a document: one with a name is described once and referred to, any other where it is used.
 */
export function schemaCollector() {
  const named: Record<string, Json> = {};
  function schemaOf(schema: z.ZodType, io: "input" | "output", place = ""): Json {
    const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
    const {
      $schema: _dialect,
      $defs = {},
      ...described
    } = JSON.parse(text.replaceAll("#/$defs/", "#/components/schemas/"));
    for (const [name, definition] of Object.entries<Json>($defs)) named[name] = withMeanings(definition, name);
    return withMeanings(described, place);
  }
  /** Follows a reference to the schema and its name; returns any other schema as it is, without a name. */
  function resolved(schema: Json): { name: string; schema: Json } {
    const name =
      String(schema.$ref ?? "")
        .split("/")
        .at(-1) ?? "";
    return { name, schema: named[name] ?? schema };
  }
  return { named, schemaOf, resolved };
}
export type SchemaCollector = ReturnType<typeof schemaCollector>;
export type SchemaOf = SchemaCollector["schemaOf"];
