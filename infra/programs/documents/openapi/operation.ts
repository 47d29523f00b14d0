import type * as z from "zod";
import { apiChanges } from "#functions/http/api-changes.ts";
import { csvType } from "#functions/http/reply.ts";
import { bodyTypes } from "#functions/http/request.ts";
import type { Operation } from "#functions/http/route.ts";
import { adminExamples } from "../examples/admin.ts";
import { agencyExamples } from "../examples/agency.ts";
import { citizenExamples } from "../examples/citizen.ts";
import type { InBothLanguages, RouteExample } from "../examples/example-values.ts";
import { frontEndExamples } from "../examples/front-end.ts";
import { inspectorExamples, overseerExamples } from "../examples/inspector-and-overseer.ts";
import { issueExamples } from "../examples/issues.ts";
import { noticeExamples } from "../examples/notices.ts";
import { publicExamples, statisticsExamples } from "../examples/public.ts";
import { meanings } from "../schemas/field-meanings.ts";
import { isJson, type Json, type SchemaCollector, type SchemaOf } from "../schemas/schemas.ts";
import { callers, securityOf } from "./callers.ts";
import { headersOf, requestHeaders } from "./headers.ts";
import { refusals } from "./problems.ts";

/** An example of each route, by its key; none may be missing (test/api-documents/examples.test.ts). */
export const examples: Record<string, RouteExample> = {
  ...publicExamples,
  ...statisticsExamples,
  ...frontEndExamples,
  ...citizenExamples,
  ...agencyExamples,
  ...inspectorExamples,
  ...noticeExamples,
  ...issueExamples,
  ...overseerExamples,
  ...adminExamples,
};

const otherTypes = { csv: csvType, html: "text/html; charset=utf-8" };

type Route = { routeKey: string; contract: Operation["contract"] } & SchemaCollector;

const deprecated = new Set(apiChanges.flatMap((one) => (one.kind === "deprecated" ? one.routes : [])));

/** One operation of the OpenAPI document. */
export function describe(route: Route): Json {
  const { routeKey, contract, schemaOf } = route;
  const [method = "", path = ""] = routeKey.split(" ");
  const { caller, summary } = contract;
  const body = bodyOf(route);
  return {
    operationId: operationId(method, path),
    tags: [caller],
    summary: summary.en,
    "x-summary-fa": summary.fa,
    ...(deprecated.has(routeKey) && { deprecated: true }),
    description: `${summary.fa}\n\n${callers[caller].name.en}: ${callers[caller].may.en}.`,
    security: securityOf(contract),
    parameters: [
      ...parametersIn("path", contract.path, { schemaOf, path }),
      ...parametersIn("query", contract.query, { schemaOf, path }),
      ...requestHeaders({ method, contract }),
    ],
    ...(body && { requestBody: body }),
    responses: {
      [contract.answer.status]: answerOf(route, { ...contract.answer, example: examples[routeKey]?.answer }),
      ...(contract.answer.alsoAnswers && {
        202: answerOf(route, { ...contract.answer.alsoAnswers, example: examples[routeKey]?.takenAnswer }),
      }),
      ...(contract.answer.cached && { 304: unchanged }),
      ...refusals(contract, schemaOf),
    },
  };
}

/** The method and the words of the path, such as `postAgencyComplaintExtension`. */
function operationId(method: string, path: string): string {
  const segments = path.split("/").slice(2);
  const words = segments
    // Where an id follows, the path names one thing, so the word is singular.
    .map((segment, n) => (namesOne(segment, segments[n + 1]) ? singular(segment) : segment))
    .filter((segment) => !segment.startsWith("{"))
    .flatMap((segment) => segment.split(/[.-]/));
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Limits of identities keep their plural name, which the last release has. */
const namesOne = (segment: string, next = "") =>
  /^\{(.*id|subscriber|n)\}$/i.test(next) || (segment === "people" && next !== "");
const singular = (word: string) =>
  word
    .replace(/^people$/, "person")
    .replace(/ies$/, "y")
    .replace(/s$/, "");

/** The parent under which a body's fields are looked up among the meanings: the path's last word, such as `dispute`. */
const placeOf = (routeKey: string) => routeKey.split("/").findLast((segment) => !segment.startsWith("{")) ?? "";

function bodyOf({ routeKey, contract: { body, bodyForm = "json" }, schemaOf, name }: Route): Json | undefined {
  if (!body) return undefined;
  const schema = name(bodyName(routeKey), schemaOf(body, "input", { parent: placeOf(routeKey), called: routeKey }));
  const bodyExamples = examplesOf(examples[routeKey]?.body);
  return {
    required: true,
    content: Object.fromEntries(bodyTypes[bodyForm].map((type) => [type, { schema, ...bodyExamples }])),
  };
}

/** The name of the body in generated clients, such as `PostAgencyComplaintExtensionRequest`. */
function bodyName(routeKey: string): string {
  const [method = "", path = ""] = routeKey.split(" ");
  const id = operationId(method, path);
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}Request`;
}

type Answer = Operation["contract"]["answer"];
type AnswerToTell = Omit<Answer, "status" | "alsoAnswers"> & { example: RouteExample["answer"] };

function answerOf(route: Route, { example, ...answer }: AnswerToTell): Json {
  const { summary, quota } = route.contract;
  const description = summary.en;
  const schema = route.schemaOf(answer.schema, "output", { parent: placeOf(route.routeKey), called: route.routeKey });
  const headers = headersOf({
    ...route.resolved(schema),
    cached: answer.cached ?? false,
    isLimited: quota !== undefined,
    isPage: answer.alsoAs === "html" || (answer.contentType?.startsWith("text/html") ?? false),
  });
  return {
    description,
    ...(Object.keys(headers).length > 0 && { headers }),
    content: {
      [answer.contentType ?? "application/json"]: { schema, ...examplesOf(example) },
      ...(answer.alsoAs && { [otherTypes[answer.alsoAs]]: { schema: { type: "string" } } }),
    },
  };
}

/** The answer if `If-None-Match` holds the current tag. */
const unchanged = {
  description: "Nothing has changed since the answer with the tag in `If-None-Match`.",
  headers: { ETag: { $ref: "#/components/headers/ContentTag" } },
};

function examplesOf(example: InBothLanguages | undefined): Json {
  if (!example) return {};
  return { examples: { fa: { summary: "فارسی", value: example.fa }, en: { summary: "English", value: example.en } } };
}

/** A parameter of a query may have a meaning of its own in one list, such as `complaints.query.from`. */
function parametersIn(
  place: "path" | "query",
  schema: z.ZodType | undefined,
  { schemaOf, path }: { schemaOf: SchemaOf; path: string },
): Json[] {
  if (!schema) return [];
  const listName = path.split("/").at(-1);
  const { properties, required } = schemaOf(schema, "input", { parent: place, called: path });
  const needed: unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(isJson(properties) ? properties : {}).map(([name, property]) => {
    const { description, "x-description-fa": persian, ...bare } = isJson(property) ? property : {};
    const own = meanings[`${listName}.${place}.${name}`];
    const meaning = own
      ? { description: own.en, "x-description-fa": own.fa }
      : { ...(description !== undefined && { description }), "x-description-fa": persian };
    return { name, in: place, required: needed.includes(name), ...meaning, schema: bare };
  });
}
