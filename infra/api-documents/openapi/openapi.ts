import * as z from "zod";
import { routes as admin } from "#functions/api/admin.ts";
import { routes as agency } from "#functions/api/agency.ts";
import { routes as agencyIssues } from "#functions/api/agency-issues.ts";
import { routes as calls } from "#functions/api/calls.ts";
import { routes as citizen } from "#functions/api/citizen.ts";
import { routes as consent } from "#functions/api/consent.ts";
import { routes as employee } from "#functions/api/employee.ts";
import { routes as exportComplaint } from "#functions/api/export-complaint.ts";
import { routes as fileComplaint } from "#functions/api/file-complaint.ts";
import { routes as frontEnd } from "#functions/api/front-end.ts";
import { routes as holdComplaint } from "#functions/api/hold-complaint.ts";
import { routes as inspector } from "#functions/api/inspector.ts";
import { routes as issues } from "#functions/api/issues.ts";
import { routes as notices } from "#functions/api/notices.ts";
import { routes as overseer } from "#functions/api/overseer.ts";
import { routes as everybody } from "#functions/api/public.ts";
import { routes as readCase } from "#functions/api/read-case.ts";
import { routes as readIdentity } from "#functions/api/read-identity.ts";
import { routes as readIssues } from "#functions/api/read-issues.ts";
import { routes as readPerformance } from "#functions/api/read-performance.ts";
import { routes as readPerson } from "#functions/api/read-person.ts";
import { routes as readRecords } from "#functions/api/read-records.ts";
import { routes as readStatistics } from "#functions/api/read-statistics.ts";
import { routes as renewSecret } from "#functions/api/renew-secret.ts";
import { routes as reviewer } from "#functions/api/reviewer.ts";
import { routes as unsubscribe } from "#functions/api/unsubscribe.ts";
import type { Routes } from "#functions/http/serve.ts";
import { isRouteOfRecords } from "#infra/routes.ts";
import { ConfidentialEntry, Opinion } from "#shared/domain/complaint/confidential-log.ts";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { HistoryEntry } from "#shared/domain/views/history.ts";
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
const internalFields = ["clientId", "after", "masked", "origin", "statistics", "group", "probability"];
/** Fields of events that only some readers see. */
const fieldsForSomeReaders = new Set(["channel", "solved", "handling", ...Object.keys(Opinion.shape)]);

/** Stands for an event whose version and time alone the citizen sees. */
const internal = HistoryEntry.pick({ version: true, at: true })
  .required()
  .extend({ type: z.literal("internal") });

/** The schemas of history entries by name: one for each type of entry, and `HistoryEntry`, which is any of them. */
function historyEntries(schemaOf: SchemaOf): Record<string, Json> {
  const all: [string, z.ZodObject][] = [
    ...[...ComplaintEvent.options, ...ConfidentialEntry.options].map(entryOf),
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
