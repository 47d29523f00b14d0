import { Ajv2020 } from "ajv/dist/2020.js";
import * as z from "zod";

const Content = z.record(z.string(), z.object({ schema: z.unknown() }));
const Operation = z.looseObject({
  responses: z.record(
    z.string(),
    z.object({ content: Content.optional(), headers: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
const Document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), Operation)) });
type Document = z.infer<typeof Document>;

/** The gateway's own body, where an answer is left to it. */
const GatewayBody = z.strictObject({ message: z.string() });
const gatewayStatuses = [401, 403, 413, 429, 431];
/** With these it answers for a function that failed: the document says so, but none ever should. */
const failureStatuses = [500, 503];

export type Answer = {
  method: string;
  path: string;
  status: number;
  contentType: string;
  headers: Headers;
  body: unknown;
};

/** One route of the document: its method and its template. */
type DocumentedRoute = { method: string; path: string };

export type OpenapiCheck = ReturnType<typeof openapiCheck>;

const base = "urn:foad:openapi";

/** Headers that only some answers have, and each of those that are documented with them. */
const documentedHeaders = ["etag", "location", "retry-after"];
/** Of HTTP itself, of its gateway, and what browsers alone heed: the document need not name them. */
const usualHeaders =
  /^(apigw-requestid|cache-control|connection|content-(encoding|length|type)|date|keep-alive|transfer-encoding|vary)$/;
const browsersHeaders =
  /^(access-control-.+|content-security-policy|cross-origin-resource-policy|referrer-policy|x-content-type-options)$/;

/** Holds answers to the served document: status, headers and body are as it says of the route. */
export function openapiCheck(served: unknown) {
  const document = Document.parse(served);
  // Each format has a pattern that checks the same, and JSON Schema does not know the other keywords of OpenAPI.
  const known = { strict: false, validateFormats: false, allErrors: true };
  // Each test file compiles the schemas and uses each a few times: without these optimizations that takes less time.
  const ajv = new Ajv2020({ ...known, inlineRefs: false, code: { optimize: false } });
  ajv.addSchema(document, base);
  return {
    /** Schemas that cannot be compiled, such as for a reference that leads nowhere. */
    brokenSchemas: () =>
      schemaPointers(document).flatMap((pointer) => brokenBy(() => ajv.getSchema(`${base}#${pointer}`))),
    /** What is wrong, by the document, with what was posted to a webhook. */
    faultsOfPosted(webhook: string, body: unknown): string[] {
      const content = ["post", "requestBody", "content", "application/cloudevents+json", "schema"];
      const validate = ajv.getSchema(`${base}#${pointerTo(["webhooks", webhook, ...content])}`);
      if (!validate) return [`${webhook} is not documented`];
      return validate(body) ? [] : [ajv.errorsText(validate.errors)];
    },
    /** What is wrong with a value by a schema of the document; empty if nothing is. */
    faultsIn(value: unknown, schema: unknown): string[] {
      const validate = ajv.compile(withBase(schema));
      return validate(value) ? [] : (validate.errors ?? []).map((error) => ajv.errorsText([error]));
    },
    /** What is wrong with the answer by the document; empty if nothing is. */
    faultsOf(answer: Answer): string[] {
      if (isFromGateway(answer, gatewayStatuses)) return gatewayFaults(document, answer);
      if (isFromGateway(answer, failureStatuses)) return [`${answer.status}: a function failed`];
      const route = routeOf(document, answer);
      if (!route) return faultsOfNoRoute(answer, (body) => this.faultsIn(body, problem));
      const method = answer.method.toLowerCase();
      const response = document.paths[route.path]?.[method]?.responses[answer.status];
      if (!response) return [`${answer.status} is not documented`];
      const faults = headerFaults(answer, Object.keys(response.headers));
      const { content } = response;
      if (!content && !answer.body) return faults;
      if (!content?.[answer.contentType])
        return [...faults, `${answer.status} ${answer.contentType} is not documented`];
      const place = ["paths", route.path, method, "responses", String(answer.status), "content", answer.contentType];
      const validate = ajv.getSchema(`${base}#${pointerTo([...place, "schema"])}`);
      if (!validate) return [...faults, "the schema cannot be found"];
      if (validate(answer.body)) return faults;
      return [...faults, ...(validate.errors ?? []).map((error) => ajv.errorsText([error]))];
    },
  };
}

/** The schema with its references led into the document. */
const withBase = (schema: unknown) => JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${base}#/`));

/** What people read says its language. */
const readByPeople = ["application/problem+json", "text/html; charset=utf-8"];

function headerFaults({ headers, contentType }: Pick<Answer, "headers" | "contentType">, documented: string[]) {
  const told = documented.map((name) => name.toLowerCase());
  const due = readByPeople.includes(contentType) ? [...documentedHeaders, "content-language"] : documentedHeaders;
  return [
    ...undocumentedHeaders(headers, told),
    ...due.filter((name) => told.includes(name) && !headers.has(name)).map((name) => `${name} is missing`),
  ];
}

/** Of the headers that were sent, those that the document does not name. */
function undocumentedHeaders(headers: Headers, documented: string[]): string[] {
  return [...headers.keys()]
    .filter((name) => !usualHeaders.test(name) && !browsersHeaders.test(name) && !documented.includes(name))
    .map((name) => `${name} is not documented`);
}

/** Only 401 and 403 say more than the gateway's body does. */
function gatewayFaults(document: Document, answer: Answer): string[] {
  const route = routeOf(document, answer);
  const response = route && document.paths[route.path]?.[answer.method.toLowerCase()]?.responses[answer.status];
  const told = Object.keys(response?.headers ?? {}).map((name) => name.toLowerCase());
  return undocumentedHeaders(answer.headers, told);
}

const problem = { $ref: "#/components/schemas/Problem" };

/** What is no route is in no document, but its refusal is a problem as any. */
const UnknownRoute = z.looseObject({ code: z.literal("unknown-route") });
function faultsOfNoRoute({ status, contentType, body }: Answer, faultsIn: (body: unknown) => string[]): string[] {
  const isOurs = status === 404 && contentType === "application/problem+json" && UnknownRoute.safeParse(body).success;
  return isOurs ? faultsIn(body) : ["the route is not in the document"];
}

function isFromGateway({ status, contentType, body }: Answer, statuses: number[]): boolean {
  return statuses.includes(status) && contentType === "application/json" && GatewayBody.safeParse(body).success;
}

function routesOf({ paths }: Document): DocumentedRoute[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path })),
  );
}

/** The route an address belongs to, literal segments before variables. */
function routeOf(document: Document, { method, path }: Pick<Answer, "method" | "path">): DocumentedRoute | undefined {
  // As the client sends it: dots as a segment take the segment before them away.
  const { pathname: bare } = new URL(`http://any.example${path}`);
  // The gateway decodes a path that it can decode, and a slash that was encoded then parts two segments. No path of the API
  // ends in a slash.
  if (bare.endsWith("/") || (/%2f/i.test(bare) && isDecodable(bare))) return undefined;
  const fits = ({ path: template, method: documented }: DocumentedRoute) =>
    documented === method &&
    new RegExp(`^${template.replaceAll(".", "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`).test(bare);
  return routesOf(document)
    .filter(fits)
    .sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

/**
 * Where schemas stand in the document: the named ones, and those of every request and answer. Equal schemas, such as that of all
 * problems, are compiled to the same, and slowly: only the first place of each is returned.
 */
function schemaPointers(document: Document): string[] {
  const found = new Map<string, string>();
  const walk = (value: unknown, place: string[]) => {
    if (typeof value !== "object" || value === null) return;
    if (place.at(-1) === "schema" || place.at(-2) === "schemas") {
      const text = JSON.stringify(value);
      if (!found.has(text)) found.set(text, pointerTo(place));
      return;
    }
    for (const [key, inner] of Object.entries(value)) walk(inner, [...place, key]);
  };
  walk(document, []);
  return [...found.values()];
}

function brokenBy(compile: () => unknown): string[] {
  try {
    return compile() ? [] : ["a schema cannot be found"];
  } catch (error) {
    return [String(error)];
  }
}

/** A JSON pointer as a URI fragment. */
function pointerTo(place: string[]): string {
  return place.map((part) => `/${encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");
}
