import * as z from "zod";
import { isJson, type Json } from "../openapi/json.ts";

/** What a field or a parameter is. `kind`: a type, a shape's name, or several. `needed`: in an answer always there. */
export const Fact = z.object({
  kind: z.string(),
  needed: z.literal(true).optional(),
  /** The values that are told. */
  values: z.array(z.string()).optional(),
  /** Limits by their names in JSON Schema. */
  limits: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});
export type Fact = z.infer<typeof Fact>;

type Place = { place: string; schema: Json; needed: boolean };

const limitsOfNumbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
const limitsOfSizes = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
const limitNames = [...limitsOfNumbers, ...limitsOfSizes, "pattern"];

/** The facts of a schema and of all that stands in it, by their places: `CitizenView.messages[].text`. */
export function factsOf({ place, schema, needed }: Place): Record<string, Fact> {
  return { [place]: factOf(schema, needed), ...insideOf(schema, place) };
}

function factOf(schema: Json, needed: boolean): Fact {
  const { enum: values } = schema;
  // A format says what its pattern says.
  const said = limitNames.filter((name) => name in schema && !(name === "pattern" && schema.format));
  const limits = Object.fromEntries(said.map((name) => [name, schema[name]]));
  return Fact.parse({
    kind: kindOf(schema),
    ...(needed && { needed }),
    ...(Array.isArray(values) && { values: values.map(String).sort() }),
    ...(Object.keys(limits).length > 0 && { limits }),
  });
}

function kindOf({ $ref, const: only, type, format, items, anyOf, oneOf }: Json): string {
  if ($ref) return String($ref).replace(/.*\//, "");
  if (only !== undefined) return JSON.stringify(only);
  const either = anyOf ?? oneOf;
  if (Array.isArray(either)) return either.map(kindOf).sort().join(" or ");
  return type === "array" && isJson(items) ? `${kindOf(items)}[]` : String(format ?? type ?? "anything");
}

function insideOf(
  { properties, required, items, additionalProperties: values, anyOf, oneOf, allOf }: Json,
  place: string,
): Record<string, Fact> {
  const needed: unknown[] = Array.isArray(required) ? required : [];
  const fields = Object.entries(isJson(properties) ? properties : {}).map(([name, field]) =>
    factsOf({ place: `${place}.${name}`, schema: Object(field), needed: needed.includes(name) }),
  );
  const inItems = isJson(items) ? insideOf(items, `${place}[]`) : {};
  const inValues = isJson(values) ? factsOf({ place: `${place}{}`, schema: values, needed: false }) : {};
  const either = anyOf ?? oneOf ?? allOf;
  const cases = (Array.isArray(either) ? either : []).map((one, n) => insideOf(one, `${place}|${n}`));
  return Object.assign({}, ...fields, inItems, inValues, ...cases);
}
