import * as z from "zod";
import type { Json } from "./json.ts";
import { withMeanings } from "./meanings.ts";

/** The schemas of a document: described where they are used, or by reference where they have a name. */
export function schemaCollector() {
  const named: Json = {};
  function schemaOf(schema: z.ZodType, io: "input" | "output", place = ""): Json {
    const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
    const {
      $schema: _dialect,
      $defs = {},
      ...described
    } = JSON.parse(text.replaceAll("#/$defs/", "#/components/schemas/"));
    for (const [name, definition] of Object.entries<Json>($defs)) named[name] = withMeanings(definition, "");
    return withMeanings(described, place);
  }
  return { named, schemaOf };
}
export type SchemaOf = ReturnType<typeof schemaCollector>["schemaOf"];
