import * as z from "zod";
import type { Json } from "./json.ts";
import { withMeanings } from "./meanings.ts";
import { open } from "./open.ts";
import { nameShapes, placeOfShape } from "./shapes.ts";

nameShapes();

/**
 * Collects the schemas of a document: one with a name is described once and referred to, any other where it is used.
 */
export function schemaCollector() {
  const named: Record<string, Json> = {};
  function schemaOf(schema: z.ZodType, io: "input" | "output", place = ""): Json {
    const described = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    const text = JSON.stringify(described, io === "output" ? open : undefined);
    const { $schema: _dialect, $defs = {}, ...here } = JSON.parse(text.replaceAll("#/$defs/", "#/components/schemas/"));
    for (const [id, definition] of Object.entries<Json>($defs)) name(id, withMeanings(definition, placeOfShape(id)));
    return withMeanings(here, place);
  }
  /** Describes a schema under a name; the reference to it. Throws where the name is another schema's already. */
  function name(called: string, schema: Json): Json {
    if (named[called] && JSON.stringify(named[called]) !== JSON.stringify(schema))
      throw new Error(`Two schemas are called ${called}: name one of them otherwise in shapes.ts`);
    named[called] = schema;
    return { $ref: `#/components/schemas/${called}` };
  }
  /** Follows a reference to the schema and its name; returns any other schema as it is, without a name. */
  function resolved(schema: Json): { name: string; schema: Json } {
    const name =
      String(schema.$ref ?? "")
        .split("/")
        .at(-1) ?? "";
    return { name, schema: named[name] ?? schema };
  }
  return { named, name, schemaOf, resolved };
}

export type SchemaCollector = ReturnType<typeof schemaCollector>;
export type SchemaOf = SchemaCollector["schemaOf"];
