import * as z from "zod";
import type { FaultCode } from "../../../shared/domain/fault.ts";
import type { Caller } from "../../../shared/domain/principal.ts";
import { catalog, provinceId } from "../../../shared/runtime/province.static.ts";
import { routes as admin } from "../admin.ts";
import { routes as agency } from "../agency.ts";
import { routes as citizen } from "../citizen.ts";
import { routes as fileComplaint } from "../file-complaint.ts";
import { routes as inspector } from "../inspector.ts";
import { Problem } from "../problem.ts";
import { problemTexts } from "../problem-texts.ts";
import { routes as everybody } from "../public.ts";
import type { Operation } from "../route.ts";
import type { Routes } from "../serve.ts";

type Json = Record<string, unknown>;

const security: Record<Caller, Json[]> = {
  public: [],
  citizen: [{ secret: [] }],
  "front-end": [{ token: ["foad/front-end"] }],
  agency: [{ token: ["foad/agency"] }],
  inspector: [{ token: ["foad/inspector"] }],
  overseer: [{ token: ["foad/overseer"] }],
  admin: [{ token: ["foad/admin"] }],
};

/** Evaluated when the bundles are made (infra/bundle.ts): the function carries the finished document. */
const routes: Routes = { ...everybody, ...fileComplaint, ...citizen, ...agency, ...inspector, ...admin };
const schemas: Record<string, Json> = {};

const paths = describePaths();

export const openapi = {
  openapi: "3.1.0",
  info: {
    title: `FOAD 128 — ${catalog.province.name.en}`,
    version: "1",
    description:
      "Complaints about how a government office treated a citizen. JSON in UTF-8; instants are UTC with `Z`; durations are ISO 8601. What the gateway itself refuses (401, a missing scope, an unknown route, its own limits) has the gateway's own body.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/" }],
  tags: ["public", "front-end", "citizen", "agency", "inspector", "admin"].map((name) => ({ name })),
  paths,
  components: {
    schemas,
    securitySchemes: {
      token: {
        type: "oauth2",
        description: `Client credentials of a client registered in ${provinceId}.`,
        flows: {
          clientCredentials: {
            tokenUrl: "/oauth2/token",
            scopes: {
              "foad/front-end": "file complaints",
              "foad/agency": "work on the agency's own complaints",
              "foad/inspector": "see every complaint of the province",
              "foad/admin": "set office hours",
            },
          },
        },
      },
      secret: {
        type: "apiKey",
        in: "header",
        name: "Foad-Secret",
        description: "The complaint's secret, `XXXX-XXXX`.",
      },
    },
  },
};

function describePaths(): Record<string, Json> {
  const described: Record<string, Json> = {};
  for (const [routeKey, operation] of Object.entries(routes)) {
    const [method = "", path = ""] = routeKey.split(" ");
    described[path] = { ...described[path], [method.toLowerCase()]: describe({ method, path, operation }) };
  }
  return described;
}

function describe({
  method,
  path,
  operation: { contract },
}: {
  method: string;
  path: string;
  operation: Operation;
}): Json {
  const { caller, summary, body, answer } = contract;
  return {
    operationId: `${caller}:${method.toLowerCase()}:${path.split("/").slice(2).join(":").replace(/[{}]/g, "")}`,
    tags: [caller],
    summary,
    security: security[caller],
    parameters: [
      ...parametersIn("path", contract.path),
      ...parametersIn("query", contract.query),
      ...headers({ method, contract }),
    ],
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } },
    }),
    responses: {
      [answer.status]: {
        description: summary,
        content: { "application/json": { schema: schemaOf(answer.schema, "output") } },
      },
      ...problems(contract),
    },
  };
}

/** The schema by reference where it has a name, in place where not; named ones stand among the document's components. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
  const { $schema: _dialect, $defs, ...described } = JSON.parse(text.replaceAll("#/$defs/", "#/components/schemas/"));
  Object.assign(schemas, $defs);
  return described;
}

function parametersIn(place: "path" | "query", schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

function headers({ method, contract }: { method: string; contract: Operation["contract"] }): Json[] {
  const language = { name: "Accept-Language", in: "header", schema: { type: "string", examples: ["fa", "en"] } };
  if (method !== "POST") return [language];
  const files = contract.problems?.includes("idempotency-key-missing") ?? false;
  const key = {
    name: "Idempotency-Key",
    in: "header",
    required: files,
    description: "The same key and body again change nothing and answer the same; good for 24 hours.",
    schema: { type: "string", minLength: 8, maxLength: 128 },
  };
  const match = {
    name: "If-Match",
    in: "header",
    description: "The `ETag` of the view that was acted on.",
    schema: { type: "string" },
  };
  return files ? [language, key] : [language, key, match];
}

/** Refusals every route of such a caller or form may give. */
function problems({ caller, body, path, query, problems = [] }: Operation["contract"]): Json {
  const codes = new Set<FaultCode>([...problems, "internal", "unavailable"]);
  if (caller === "citizen" || path) codes.add("not-found");
  if (caller !== "citizen" && caller !== "public") codes.add("not-registered");
  if (body || query) codes.add("invalid");
  if (body) codes.add("too-large").add("unsupported-media-type");
  const byStatus = Map.groupBy(codes, (code) => problemTexts[code].status);
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, all]) => [status, problemResponse(all)]),
  );
}

function problemResponse(codes: FaultCode[]): Json {
  const described = codes.map((code) => `\`${code}\`: ${problemTexts[code].title.en}`).join("; ");
  return {
    description: described,
    content: { "application/problem+json": { schema: schemaOf(Problem, "output") } },
  };
}
