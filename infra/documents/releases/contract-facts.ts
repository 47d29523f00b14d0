import * as z from "zod";
import { isJson, type Json } from "../openapi/json.ts";
import { Fact, factsOf } from "./facts.ts";

const Facts = z.record(z.string(), Fact);

/** What callers build on, of every province alike: without texts, examples and addresses. */
export const ContractFacts = z.object({
  /** What each route asks for as proof, takes and answers, by its key: all of it stays. */
  routes: z.record(z.string(), z.array(z.string())),
  requests: Facts,
  /** Only what they are, and `always` where they are never missing: new values and wider limits break nobody. */
  answers: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});
export type ContractFacts = z.infer<typeof ContractFacts>;

type Documents = { openapi: Json; asyncapi: Json };

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: z.record(z.string(), z.unknown()),
});
const Content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).default({}) })).default({});
const Operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.union([z.object({ $ref: z.string() }), Parameter])),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content })),
});
type Operation = z.infer<typeof Operation>;

const Documented = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  webhooks: z.record(z.string(), z.unknown()),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});
const Told = z.object({ components: z.object({ messages: z.record(z.string(), z.object({ name: z.string() })) }) });

export function contractFacts({ openapi, asyncapi }: Documents): ContractFacts {
  const { paths, webhooks, components } = Documented.parse(JSON.parse(JSON.stringify(openapi)));
  const operations = Object.entries(paths).flatMap(([path, all]) =>
    Object.entries(all).map(([method, operation]) => ({ key: `${method.toUpperCase()} ${path}`, operation })),
  );
  const shapes = Object.entries(components.schemas);
  const sent = reached(
    operations.flatMap(({ operation }) => refsIn([operation.requestBody, operation.parameters])),
    components.schemas,
  );
  const answered = reached(
    [...operations.flatMap(({ operation }) => refsIn(operation.responses)), ...refsIn(webhooks)],
    components.schemas,
  );
  const factsAbout = (names: Set<string>) =>
    shapes.filter(([name]) => names.has(name)).map(([place, schema]) => factsOf({ place, schema, needed: false }));
  return {
    routes: Object.fromEntries(operations.map(({ key, operation }) => [key, routeFacts(operation)])),
    requests: Object.assign({}, ...operations.map(parameterFacts), ...factsAbout(sent)),
    answers: Object.fromEntries(
      factsAbout(answered).flatMap((facts) =>
        Object.entries(facts).map(([place, { kind, needed }]) => [place, needed ? `${kind} always` : kind]),
      ),
    ),
    events: Object.values(Told.parse(asyncapi).components.messages).map(({ name }) => name),
  };
}

function routeFacts({ operationId, security, parameters, requestBody, responses }: Operation): string[] {
  const shapeOf = ({ schema }: { schema: Json }) => String(schema.$ref ?? schema.type ?? "").replace(/.*\//, "");
  const told = (place: string, content: z.infer<typeof Content> = {}) =>
    Object.entries(content).map(([type, one]) => `${place} ${type} ${shapeOf(one)}`);
  const kept = Object.entries(responses).filter(([status]) => Number(status) < 300);
  return [
    `is called ${operationId}`,
    `asks for ${JSON.stringify(security)}`,
    ...parameters.flatMap((one) => ("$ref" in one ? [`takes ${one.$ref.replace(/.*\//, "")}`] : [])),
    ...told("takes", requestBody?.content),
    ...kept.flatMap(([status, { content }]) => told(`answers ${status}`, content)),
  ];
}

function parameterFacts({ key, operation }: { key: string; operation: Operation }): Record<string, Fact> {
  const own = operation.parameters.flatMap((one) => ("$ref" in one ? [] : [one]));
  return Object.assign(
    {},
    ...own.map(({ name, schema, required }) => factsOf({ place: `${key} ${name}`, schema, needed: required })),
  );
}

/** The names of all shapes that these ones hold, themselves among them. */
function reached(names: string[], schemas: Record<string, Json>, found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    reached(refsIn(schemas[name]), schemas, found);
  }
  return found;
}

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isJson(value)) return [];
  const { $ref } = value;
  const own = typeof $ref === "string" && $ref.startsWith("#/components/schemas/") ? [$ref.replace(/.*\//, "")] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}
