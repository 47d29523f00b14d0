import * as z from "zod";
import { routes as admin } from "#functions/callers/admin.function.ts";
import { routes as agency } from "#functions/callers/agency.function.ts";
import { routes as citizen } from "#functions/callers/citizen.function.ts";
import { routes as inspector } from "#functions/callers/inspector.function.ts";
import { routes as overseer } from "#functions/callers/overseer.function.ts";
import { routes as calls } from "#functions/calls/calls.function.ts";
import { routes as consent } from "#functions/complaints/consent.function.ts";
import { routes as exportComplaint } from "#functions/complaints/export-complaint.function.ts";
import { routes as fileComplaint } from "#functions/complaints/file-complaint.function.ts";
import { HistoryEntry } from "#functions/complaints/history.ts";
import { routes as readCase } from "#functions/complaints/read-case.function.ts";
import { routes as readIdentity } from "#functions/complaints/read-identity.function.ts";
import { routes as renewSecret } from "#functions/complaints/renew-secret.function.ts";
import { routes as frontEnd } from "#functions/deliveries/front-end.function.ts";
import { routes as everybody } from "#functions/documents/public.function.ts";
import { routes as readIssues } from "#functions/documents/read-issues.function.ts";
import { routes as readPerformance } from "#functions/figures/read-performance.function.ts";
import { routes as readStatistics } from "#functions/figures/read-statistics.function.ts";
import type { Routes } from "#functions/http/serve.ts";
import { routes as agencyIssues } from "#functions/issues/agency-issues.function.ts";
import { routes as issues } from "#functions/issues/issues.function.ts";
import { routes as unsubscribe } from "#functions/messages/unsubscribe.function.ts";
import { routes as employee } from "#functions/notices/employee.function.ts";
import { routes as notices } from "#functions/notices/notices.function.ts";
import { routes as readRecords } from "#functions/notices/read-records.function.ts";
import { routes as reviewer } from "#functions/notices/reviewer.function.ts";
import { routes as readPerson } from "#functions/people/read-person.function.ts";
import { routes as holdComplaint } from "#functions/retention/hold-complaint.function.ts";
import { isRouteOfRecords } from "#infra/constructs/routes.ts";
import { ConfidentialEntry, Opinion } from "#shared/complaints/confidential-log.ts";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { catalog, issuer, publicUrl, records } from "#shared/province/slices.static.ts";
import { type Json, type SchemaOf, schemaCollector } from "../schemas/schemas.ts";
import { callers, securitySchemes } from "./callers.ts";
import { answerHeaders, headerParameters } from "./headers.ts";
import { describe } from "./operation.ts";
import { gatewayRefusal, problemExamples } from "./problems.ts";
import { describeWebhooks, webhookParameters } from "./webhooks.ts";

/** Every route of every function. */
const everyRoute: Routes = {
  ...everybody,
  ...readStatistics,
  ...unsubscribe,
  ...fileComplaint,
  ...frontEnd,
  ...calls,
  ...readCase,
  ...citizen,
  ...exportComplaint,
  ...consent,
  ...agency,
  ...readPerformance,
  ...inspector,
  ...readIdentity,
  ...renewSecret,
  ...notices,
  ...issues,
  ...agencyIssues,
  ...readIssues,
  ...reviewer,
  ...readRecords,
  ...employee,
  ...overseer,
  ...admin,
  ...holdComplaint,
  ...readPerson,
};

/** The routes of this province; the documents describe them all. */
export const allRoutes: Routes = Object.fromEntries(
  Object.entries(everyRoute).filter(([routeKey]) => records || !isRouteOfRecords(routeKey)),
);

/** Fields of events that no history shows. */
const internalFields = [
  "clientId",
  "after",
  "maskedTexts",
  "origin",
  "statistics",
  "group",
  "purpose",
  "probability",
  "comparedText",
];
/** Fields of events that only some readers see. */
const fieldsForSomeReaders = new Set(["channel", "solved", "handling", ...Object.keys(Opinion.shape)]);

/** Stands for an event whose version and time alone the citizen sees. */
const internal = HistoryEntry.pick({ version: true, at: true })
  .required()
  .extend({ type: z.literal("internal") });

/** The schemas of history entries by name: one for each type of entry, and `HistoryEntry`, which is any of them. */
function historyEntries(schemaOf: SchemaOf): Record<string, Json> {
  const all: [string, z.ZodObject][] = [
    ...[...ComplaintEvent.unwrap().options, ...ConfidentialEntry.unwrap().options].map(entryOf),
    ["internal", z.strictObject(internal.shape)],
  ];
  const named = Object.fromEntries(
    all.map(
      ([type, schema]) => [nameOf(type), schemaOf(schema, "output", { parent: "history", called: type })] as const,
    ),
  );
  const refs = Object.fromEntries(all.map(([type]) => [type, `#/components/schemas/${nameOf(type)}`]));
  const HistoryEntry = {
    oneOf: Object.values(refs).map(($ref) => ({ $ref })),
    discriminator: { propertyName: "type", mapping: refs },
  };
  return { ...named, HistoryEntry };
}

function entryOf({ shape }: { shape: z.ZodRawShape & { type: z.ZodLiteral } }): [string, z.ZodObject] {
  const fields = Object.entries(shape)
    .filter(([name]) => !internalFields.includes(name))
    .map(([name, field]) => [name, fieldsForSomeReaders.has(name) ? z.optional(field) : field]);
  return [String(shape.type.value), z.object(Object.fromEntries(fields))];
}

const nameOf = (type: string) =>
  `History${type
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")}`;

const docs = `${publicUrl}/v1/docs`;
const schemas = schemaCollector();
const paths = describePaths();
const webhooks = describeWebhooks(schemas.schemaOf);
const entries = historyEntries(schemas.schemaOf);
const used = new Set(Object.values(allRoutes).map(({ contract }) => contract.caller));

/** The API as an OpenAPI 3.1 document, made from the schemas that its routes parse with. */
export const openapi = {
  openapi: "3.1.0",
  info: {
    title: `FOAD 128: ${catalog.province.name.en} (فوریت‌های اداری، ${catalog.province.name.fa})`,
    version: "1",
    summary: "Complaints about how a government office treated a citizen",
    description:
      "JSON in UTF-8; instants are UTC with `Z`; durations are ISO 8601. Refusals of the gateway itself (401, a missing scope, its own limits) have the gateway's own body (`GatewayError`). A path or method that is not in this document is 404 `unknown-route`. Answers get new fields, and histories new types of entries, without a new version: ignore what you do not know (`GET /v1/changes`).",
    contact: { name: "FOAD 128", url: docs },
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: publicUrl, description: "The API of this province" }],
  externalDocs: { url: docs, description: "A page to read, in Persian and English" },
  tags: Object.entries(callers)
    .filter(([caller]) => [...used].some((one) => one === caller))
    .map(([name, { name: called, may }]) => ({
      name,
      description: `${called.en}: ${may.en}. (${called.fa}: ${may.fa})`,
    })),
  paths,
  webhooks,
  components: {
    schemas: { ...schemas.named, ...entries, GatewayError: gatewayRefusal },
    parameters: { ...headerParameters, ...webhookParameters },
    headers: answerHeaders,
    examples: problemExamples,
    securitySchemes: securitySchemes(issuer),
  },
};

function describePaths(): Record<string, Json> {
  const described: Record<string, Json> = {};
  for (const [routeKey, { contract }] of Object.entries(allRoutes)) {
    const [method = "", path = ""] = routeKey.split(" ");
    described[path] = { ...described[path], [method.toLowerCase()]: describe({ routeKey, contract, ...schemas }) };
  }
  return described;
}
