import * as z from "zod";
import type { Json } from "./json.ts";
import { withMeanings } from "./meanings.ts";

/** The schemas of a document: described where they are used, or by reference where they have a name. */
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
  /** The schema itself where one is referred to, with its name. */
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
