import fc from "fast-check";
import * as z from "zod";

/** As much of JSON Schema as requests are described by; another keyword is refused here, since nothing would be made of it. */
const Schema = z.strictObject({
  $ref: z.string().optional(),
  type: z.enum(["string", "integer", "number", "boolean", "object", "array"]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  minLength: z.int().default(0),
  maxLength: z.int().default(40),
  minimum: z.number().default(-1_000),
  maximum: z.number().default(1_000),
  items: z.unknown().optional(),
  minItems: z.int().default(0),
  maxItems: z.int().default(3),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
  minProperties: z.int().default(0),
  additionalProperties: z.unknown().optional(),
  // What is said for people, and what a pattern says too.
  ...Object.fromEntries(
    ["description", "x-description-fa", "title", "examples", "default", "format"].map((name) => [
      name,
      z.unknown().optional(),
    ]),
  ),
});
type Schema = z.infer<typeof Schema>;

/** What a field of that name holds in the world that is sent to; whatever fits its schema is sent as well. */
export type Known = Record<string, unknown[]>;

type Making = { document: unknown; known: Known };

/** Values that the schema takes. Texts begin and end with a letter: what surrounds them is cut off before they are measured. */
export function valuesOf(
  described: unknown,
  { name = "", ...making }: Making & { name?: string },
): fc.Arbitrary<unknown> {
  const schema = Schema.parse(described);
  if (schema.$ref) return valuesOf(at(making.document, schema.$ref), { name, ...making });
  const fresh = freshOf(schema, making);
  const known = making.known[name];
  return known ? fc.oneof(fc.constantFrom(...known), fresh) : fresh;
}

function freshOf(schema: Schema, making: Making): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return fc.oneof(...either.map((one) => valuesOf(one, making)));
  return schema.type ? made[schema.type](schema, making) : fc.jsonValue();
}

const made: Record<NonNullable<Schema["type"]>, (schema: Schema, making: Making) => fc.Arbitrary<unknown>> = {
  string: textOf,
  integer: ({ minimum, maximum }) =>
    fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }),
  number: ({ minimum, maximum }) => fc.double({ min: minimum, max: maximum, noNaN: true }),
  boolean: () => fc.boolean(),
  array: ({ items, minItems, maxItems }, making) =>
    fc.array(valuesOf(items, making), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) }),
  object: ({ properties, required, minProperties }, making) => {
    const fields: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [name, inner] of Object.entries(properties)) fields[name] = valuesOf(inner, { ...making, name });
    const whole = fc.record(fields, { requiredKeys: required });
    return whole.filter((value) => Object.keys(value).length >= minProperties);
  },
};

/** Letters of one and of two UTF-16 units: a limit counts characters. */
const letter = fc.constantFrom(..."آبپتسشکگیمنabcXYZ0189", "😀", "𐎠");

function textOf({ pattern, minLength, maxLength }: Schema): fc.Arbitrary<string> {
  const fits = (text: string) => [...text].length >= minLength && [...text].length <= maxLength;
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter(fits);
  const lengths = fc.constantFrom(minLength, Math.min(minLength + 12, maxLength), maxLength);
  return lengths
    .chain((length) => fc.array(letter, { minLength: length, maxLength: length }))
    .map((some) => some.join(""));
}

/** What a reference leads to. */
function at(document: unknown, reference: string): unknown {
  return reference
    .split("/")
    .slice(1)
    .reduce<unknown>((inner, name) => Object(inner)[name], document);
}
