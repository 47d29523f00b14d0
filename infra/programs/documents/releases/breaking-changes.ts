import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isJson, type Json } from "../schemas/schemas.ts";

/**
 * The facts of a field or a parameter. `kind`: its type or the name of its shape, or several with "or". `needed`: required in a
 * request, never missing in an answer.
 */
const Fact = z.object({
  kind: z.string(),
  needed: z.literal(true).optional(),
  /** The values that the document names. */
  values: z.array(z.string()).optional(),
  /** Limits by their names in JSON Schema. */
  limits: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});
type Fact = z.infer<typeof Fact>;

const limitsOfNumbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
const limitsOfSizes = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
const limitNames = [...limitsOfNumbers, ...limitsOfSizes, "pattern"];

/** The facts of a schema and of all schemas inside it, by their places, such as `CitizenView.messages[].text`. */
function factsOf({ place, schema, needed }: { place: string; schema: Json; needed: boolean }): Record<string, Fact> {
  return { [place]: factOf(schema, needed), ...insideOf(schema, place) };
}

function factOf(schema: Json, needed: boolean): Fact {
  const { enum: values } = schema;
  // Where there is a format, the pattern repeats it.
  const limitNamesGiven = limitNames.filter((name) => name in schema && !(name === "pattern" && schema.format));
  const limits = Object.fromEntries(limitNamesGiven.map((name) => [name, schema[name]]));
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

const Facts = z.record(z.string(), Fact);

/** The part of the documents that callers build on. It is the same in every province: no texts, examples or addresses. */
const ContractFacts = z.object({
  /** The name, proof, parameters, body and answers of each route, by its key. None of these facts may disappear. */
  routes: z.record(z.string(), z.array(z.string())),
  requests: Facts,
  /** The kind of each field, with `always` if it is never missing. New values and wider limits do not break callers. */
  answers: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});
type ContractFacts = z.infer<typeof ContractFacts>;

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
const DocumentedEvent = z.object({
  components: z.object({ messages: z.record(z.string(), z.object({ name: z.string() })) }),
});

export function contractFacts({ openapi, asyncapi }: { openapi: Json; asyncapi: Json }): ContractFacts {
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
    events: Object.values(DocumentedEvent.parse(asyncapi).components.messages).map(({ name }) => name),
  };
}

function routeFacts({ operationId, security, parameters, requestBody, responses }: Operation): string[] {
  const shapeOf = ({ schema }: { schema: Json }) => String(schema.$ref ?? schema.type ?? "").replace(/.*\//, "");
  const contentFacts = (place: string, content: z.infer<typeof Content> = {}) =>
    Object.entries(content).map(([type, one]) => `${place} ${type} ${shapeOf(one)}`);
  const successes = Object.entries(responses).filter(([status]) => Number(status) < 300);
  return [
    `is called ${operationId}`,
    `asks for ${JSON.stringify(security)}`,
    ...parameters.flatMap((one) => ("$ref" in one ? [`takes ${one.$ref.replace(/.*\//, "")}`] : [])),
    ...contentFacts("takes", requestBody?.content),
    ...successes.flatMap(([status, { content }]) => contentFacts(`answers ${status}`, content)),
  ];
}

function parameterFacts({ key, operation }: { key: string; operation: Operation }): Record<string, Fact> {
  const own = operation.parameters.flatMap((one) => ("$ref" in one ? [] : [one]));
  return Object.assign(
    {},
    ...own.map(({ name, schema, required }) => factsOf({ place: `${key} ${name}`, schema, needed: required })),
  );
}

/** The names of these shapes and of all shapes inside them. */
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

export const lastReleaseFile = join(import.meta.dirname, "last-release.json");

/** The contract of the last release; undefined before the first release. */
export function lastRelease(): ContractFacts | undefined {
  return existsSync(lastReleaseFile)
    ? ContractFacts.parse(JSON.parse(readFileSync(lastReleaseFile, "utf8")))
    : undefined;
}

type ReleaseFacts = Record<string, Fact>;
type Change<T> = { before: T; after: T };

/** Changes that break callers of the released contract, one sentence each. docs/contract.md says which changes do. */
export function breakingChanges({ before, after }: Change<ContractFacts>): string[] {
  return [
    ...removed(Object.keys(before.routes), Object.keys(after.routes)).map((key) => `${key} is gone`),
    ...Object.entries(before.routes).flatMap(([key, facts]) =>
      after.routes[key] ? inRoute(key, { before: facts, after: after.routes[key] }) : [],
    ),
    ...removed(before.events, after.events).map((type) => `events of type ${type} are gone`),
    ...inAnswers({ before: before.answers, after: after.answers }),
    ...inRequests({ before: before.requests, after: after.requests, routes: Object.keys(before.routes) }),
  ];
}

/** Lost facts of a route, and new ones that callers must send: a body, or a header whose name begins with `Required`. */
function inRoute(key: string, { before, after }: Change<string[]>): string[] {
  const isRequired = (fact: string) => /^takes (Required|application)/.test(fact);
  return [
    ...removed(before, after).map((fact) => `${key} no longer ${fact}`),
    ...removed(after, before)
      .filter(isRequired)
      .map((fact) => `${key} ${fact} now`),
  ];
}

const removed = (before: string[], after: string[]) => before.filter((one) => !after.includes(one));

function inAnswers({ before, after }: Change<Record<string, string>>): string[] {
  return Object.entries(before).flatMap(([place, was]) => {
    const is = after[place];
    if (!is) return [`${place} is gone from answers`];
    const [kind, kindBefore] = [is, was].map((one) => one.replace(/ always$/, ""));
    if (kind !== kindBefore && !hasOnlyMoreCases(kindBefore, kind)) return [`${place} was ${kindBefore}, is ${kind}`];
    return was.endsWith(" always") && !is.endsWith(" always") ? [`${place} may be missing from answers`] : [];
  });
}

/** Whether a kind with "or" only got more cases. Histories, for example, get new types of entries. */
function hasOnlyMoreCases(was = "", is = ""): boolean {
  return was.includes(" or ") && removed(was.split(" or "), is.split(" or ")).length === 0;
}

function inRequests({ before, after, routes }: Change<ReleaseFacts> & { routes: string[] }): string[] {
  const changed = Object.entries(before).flatMap(([place, was]) => {
    const is = after[place];
    return (is ? newlyRefused({ before: was, after: is }) : ["is no longer taken"]).map((what) => `${place} ${what}`);
  });
  const isKnown = (place: string) => hasKnownParent(place, before) || routes.some((key) => place.startsWith(`${key} `));
  const added = Object.entries(after).filter(([place, { needed }]) => needed && !before[place] && isKnown(place));
  return [...changed, ...added.map(([place]) => `${place} is new and required`)];
}

function newlyRefused({ before: was, after: is }: Change<Fact>): string[] {
  if (is.kind !== was.kind) return [`was ${was.kind}, is ${is.kind}`];
  const fewer = was.values && is.values ? removed(was.values, is.values) : [];
  return [
    ...(is.needed && !was.needed ? ["is required now"] : []),
    ...fewer.map((value) => `no longer takes ${value}`),
    ...(is.values && !was.values ? ["takes certain values alone now"] : []),
    ...narrowed(was, is),
  ];
}

/** Whether the released contract has the parent of a new field or parameter. */
function hasKnownParent(place: string, before: ReleaseFacts): boolean {
  const parent = place.replace(/[. ][^. ]*$/, "");
  return Object.keys(before).some(
    (known) => known === parent || known.startsWith(`${parent} `) || known.startsWith(`${parent}.`),
  );
}

function narrowed(was: Fact, is: Fact): string[] {
  return Object.entries(is.limits ?? {}).flatMap(([name, limit]) => {
    const old = was.limits?.[name];
    if (old === limit) return [];
    const isWider =
      typeof limit === "number" && typeof old === "number" && (/max/i.test(name) ? limit > old : limit < old);
    return isWider ? [] : [`${name} is ${limit}, was ${old ?? "free"}`];
  });
}
