import { catalog, issuer, publicUrl } from "#shared/province/slices.static.ts";
import { allRoutes } from "./all-routes.ts";
import { callers, securitySchemes } from "./callers.ts";
import { answerHeaders, headerParameters } from "./headers.ts";
import { historyEntries } from "./history-entries.ts";
import type { Json } from "./json.ts";
import { describe } from "./operation.ts";
import { gatewayRefusal, problemExamples } from "./problems.ts";
import { schemaCollector } from "./schemas.ts";
import { describeWebhooks, webhookParameters } from "./webhooks.ts";

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
      "JSON in UTF-8; instants are UTC with `Z`; durations are ISO 8601. What the gateway itself refuses (401, a missing scope, its own limits) has the gateway's own body (`GatewayRefusal`). A path or method that is not in this document is 404 `unknown-route`. Answers get new fields, and histories new types of entries, without a new version: pass over what you do not know (`GET /v1/changes`).",
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
    schemas: { ...schemas.named, ...entries, GatewayRefusal: gatewayRefusal },
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
