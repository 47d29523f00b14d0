import { readFileSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { routes, scopes } from "#infra/constructs/routes.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";
import { publicFunction } from "../support/documentation-page.ts";
import { openapiCheck } from "../support/openapi-check.ts";

const handler = publicFunction();

const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  "x-summary-fa": z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(z.string(), z.unknown()),
});
const Served = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

const Addressed = z.object({
  servers: z.array(z.object({ url: z.string() })),
  components: z.object({ securitySchemes: z.object({ token: z.object({ openIdConnectUrl: z.string() }) }) }),
});

async function served(): Promise<string> {
  const answer = await handler(anApiEvent({ routeKey: "GET /v1/openapi.json" }), aContext);
  return String(answer?.body);
}

const text = await served();
const { paths } = Served.parse(JSON.parse(text));
const operationOf = (routeKey: string) => {
  const [method = "", path = ""] = routeKey.split(" ");
  return paths[path]?.[method.toLowerCase()];
};

test("the served document has no fault by Redocly's recommended rules", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source: text, absoluteRef: "openapi.json", config });
  expect(problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer }))).toEqual([]);
});

test("the document names the API and the issuer that its function was told, and no host of a request", async () => {
  const { PUBLIC_URL, TOKEN_ISSUER } = process.env;
  const event = anApiEvent({ routeKey: "GET /v1/openapi.json", headers: { host: "somebody.example" } });
  expect((await handler(event, aContext))?.body).toBe(text);
  Object.assign(process.env, { PUBLIC_URL: "http://127.0.0.1:1", TOKEN_ISSUER: "http://127.0.0.1:2/" });
  const elsewhere = await served();
  Object.assign(process.env, { PUBLIC_URL, TOKEN_ISSUER });
  const named = (document: string) => {
    const { servers, components } = Addressed.parse(JSON.parse(document));
    return [...servers.map(({ url }) => url), components.securitySchemes.token.openIdConnectUrl];
  };
  const configuration = ".well-known/openid-configuration";
  expect(named(text)).toEqual([PUBLIC_URL, `${TOKEN_ISSUER}${configuration}`]);
  expect(named(elsewhere)).toEqual(["http://127.0.0.1:1", `http://127.0.0.1:2/${configuration}`]);
});

test("every schema of the document can be compiled", () => {
  expect(openapiCheck(JSON.parse(text)).brokenSchemas()).toEqual([]);
});

test("the document tells of just the routes that the gateway knows", () => {
  const told = Object.entries(paths).flatMap(([path, all]) =>
    Object.keys(all).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(told.sort()).toEqual(Object.keys(routes).sort());
});

const Refused = z.object({
  content: z.object({ "application/problem+json": z.object({ examples: z.record(z.string(), z.unknown()) }) }),
});

test("the page of the contract names just the problems of the document, by their status", () => {
  const operations = Object.values(paths).flatMap((all) => Object.values(all));
  const documented = operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const examples = Refused.safeParse(response).data?.content["application/problem+json"].examples ?? {};
      return Object.keys(examples).map((name) => `${status} ${name.replace(/-(fa|en)$/, "")}`);
    }),
  );
  const [, table = ""] = readFileSync("docs/contract.md", "utf8").split("| status | codes |\n| --- | --- |\n");
  const rows = table.slice(0, table.indexOf("\n\n")).split("\n");
  const told = rows.map((row) => {
    const [, statuses = "", codes = ""] = row.split("|");
    return {
      statuses: statuses.trim().split(", "),
      codes: [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code),
    };
  });
  const statusesOf = (code: string) => told.find(({ codes }) => codes.includes(code))?.statuses ?? [];
  for (const [status = "", code = ""] of documented.map((one) => one.split(" ")))
    expect(statusesOf(code), code).toContain(status);
  const codes = documented.map((one) => one.split(" ")[1]);
  expect(told.flatMap((row) => row.codes).toSorted()).toEqual([...new Set(codes)].toSorted());
});

describe.each(Object.entries(routes))("%s", (routeKey, name) => {
  const operation = operationOf(routeKey);

  test("is called differently in Persian and in English", () => {
    expect(operation?.["x-summary-fa"]).toMatch(/\p{Script=Arabic}/u);
    expect(operation?.summary).toMatch(/^\P{Script=Arabic}+$/u);
  });

  test("asks for the proof that the gateway or the function asks for", () => {
    const scope = scopes[name];
    const citizen = ["citizen", "export-complaint", "consent", "employee"].includes(name) ? [{ secret: [] }] : [];
    // The gateway takes any scope of ours from people, so the document asks for none.
    const asked = scope === "foad/person" ? [] : [scope];
    // The call centre reads a case with its token and the citizen's secret.
    const secret = name === "read-case" ? { secret: [] } : {};
    expect(operation?.security).toEqual(scope ? [{ token: asked, ...secret }] : citizen);
  });

  test("is refused as not found where it is about a complaint or a webhook, and there alone", () => {
    expect("404" in (operation?.responses ?? {})).toBe(
      /\{(id|callId|noticeId|issueId|subscriber)\}|(agency|front-end)\/webhook|GET .*\/people\/\{sub\}/.test(routeKey),
    );
  });
});

const Refusal = z.looseObject({
  headers: z.record(z.string(), z.unknown()).default({}),
  content: z.record(z.string(), z.unknown()),
});

test("what the gateway answers itself is told with its own body, beside ours", () => {
  const byGateway = { "application/json": { schema: { $ref: "#/components/schemas/GatewayError" } } };
  const told = (routeKey: string) =>
    ["401", "413", "429", "500", "503"].filter((status) => {
      const response = operationOf(routeKey)?.responses[status];
      return (
        response !== undefined && expect.objectContaining(byGateway).asymmetricMatch(Refusal.parse(response).content)
      );
    });
  for (const routeKey of Object.keys(routes)) {
    const operation = operationOf(routeKey);
    const asked = operation?.security.some(({ token }) => token) ? ["401"] : [];
    const sent = operation && "requestBody" in operation ? ["413"] : [];
    expect(told(routeKey), routeKey).toEqual([...asked, ...sent, "429", "500", "503"]);
  }
});

test("a day in a path may be refused as no day", () => {
  const { description } = z
    .looseObject({ description: z.string() })
    .parse(operationOf("GET /v1/admin/office-hours/{date}")?.responses["400"]);
  expect(description).toMatch(/^`invalid`/);
});

test("every operation tells of its one answer", () => {
  const answers = Object.entries(paths).flatMap(([path, all]) =>
    Object.values(all).map(({ responses }) => ({
      path,
      statuses: Object.keys(responses).filter((status) => Number(status) < 300),
    })),
  );
  // A renewal that waits for a second inspector is taken, and has no secret yet.
  const renewal = { path: "/v1/inspector/complaints/{id}/secret", statuses: ["200", "202"] };
  expect(answers.filter(({ statuses }) => statuses.length !== 1)).toEqual([renewal]);
});

test("operations have names that programs can be made of, each its own", () => {
  const names = Object.values(paths).flatMap((all) => Object.values(all).map(({ operationId }) => operationId));
  expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

const refusedWith = (status: string) =>
  Object.keys(routes).flatMap((routeKey) => {
    const refusal = operationOf(routeKey)?.responses[status];
    return refusal ? [{ routeKey, ...Refusal.parse(refusal) }] : [];
  });

test("every refusal of ours tells its language, and the gateway's of a token why it was refused", () => {
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) >= 400)
        .map(([status, response]) => ({ at: `${status} ${method} ${path}`, status, ...Refusal.parse(response) })),
    ),
  );
  const without = (header: string, isDue: (one: (typeof all)[number]) => boolean) =>
    all.filter((one) => header in one.headers !== isDue(one)).map(({ at }) => at);
  expect(without("Content-Language", ({ content }) => "application/problem+json" in content)).toEqual([]);
  const isOfToken = ({ status, content }: (typeof all)[number]) =>
    ["401", "403"].includes(status) && "application/json" in content;
  expect(all.filter(isOfToken).length).toBeGreaterThan(2);
  expect(without("WWW-Authenticate", isOfToken)).toEqual([]);
});

const Answered = z.looseObject({
  headers: z.record(z.string(), z.unknown()).default({}),
  content: z.record(z.string(), z.unknown()),
});

test("what is read as a page tells its language, and no other answer does", () => {
  const told = Object.keys(routes).flatMap((routeKey) => {
    const answer = Answered.parse(operationOf(routeKey)?.responses[200] ?? { content: {} });
    const isPage = "text/html; charset=utf-8" in answer.content;
    expect("Content-Language" in answer.headers, routeKey).toBe(isPage);
    return isPage ? [routeKey] : [];
  });
  expect(told).toContain("GET /v1/docs");
});

const sentOf = (path: string, status: number, headers: Record<string, string>) => ({
  method: "GET",
  path,
  status,
  contentType: headers["content-type"] ?? "application/json",
  headers: new Headers({ date: "now", "apigw-requestid": "1", ...headers }),
  body: { message: "Unauthorized" },
});

test.each([
  ["/v1/agency/complaints", 401, { "www-authenticate": "Bearer" }, []],
  ["/v1/agency/complaints", 401, { "x-ours": "1" }, ["x-ours is not documented"]],
  ["/v1/catalog", 429, { "www-authenticate": "Bearer" }, ["www-authenticate is not documented"]],
  ["/v1/nowhere", 404, {}, ["the route is not in the document"]],
])(
  "what the gateway answers to %s with %i is held to the document, its headers too",
  (path, status, headers, faults) => {
    expect(openapiCheck(JSON.parse(text)).faultsOf(sentOf(path, status, headers))).toEqual(faults);
  },
);

test.each([
  ["text/html; charset=utf-8", { "content-language": "fa" }, []],
  ["text/html; charset=utf-8", {}, ["content-language is missing"]],
  ["text/html; charset=utf-8", { "content-language": "fa", "x-ours": "1" }, ["x-ours is not documented"]],
])("a page that is sent as %s with %o has the faults that the document finds", (type, headers, faults) => {
  const sent = sentOf("/v1/docs", 200, { "content-type": type, etag: '"1"', ...headers });
  expect(openapiCheck(JSON.parse(text)).faultsOf({ ...sent, body: "<!doctype html>" })).toEqual(faults);
});

const [phones, identity, notice, secret] = [
  "GET /v1/front-end/calls",
  "GET /v1/inspector/complaints/{id}/identity",
  "POST /v1/inspector/complaints/{id}/notices",
  "POST /v1/inspector/complaints/{id}/secret",
];
/** Each try with a text on a notice counts like a reading of an identity. */
const onNotices = [
  "POST /v1/inspector/notices/{noticeId}/decision",
  "POST /v1/inspector/notices/{noticeId}/questions/{number}",
  "POST /v1/inspector/notices/{noticeId}/service",
  "POST /v1/reviewer/notices/{noticeId}/decision",
];

test("what passes by itself says when: every 503, and every 429 of ours but those that an admin lifts", () => {
  expect(
    refusedWith("503")
      .map(({ routeKey }) => routeKey)
      .toSorted(),
  ).toEqual(Object.keys(routes).toSorted());
  const ours = refusedWith("429").filter(({ content }) => "application/problem+json" in content);
  expect(ours.length).toBeGreaterThan(2);
  const silent = [...refusedWith("503"), ...ours].filter(({ headers }) => !("Retry-After" in headers));
  expect(silent.map(({ routeKey }) => routeKey).toSorted()).toEqual(
    [phones, identity, notice, ...onNotices, secret].toSorted(),
  );
});

test("a limit of the caller's own is told with what counts against it and with its refusal", () => {
  const limited = (status: string) =>
    refusedWith(status).flatMap(({ routeKey, headers }) =>
      "RateLimit" in headers && "RateLimit-Policy" in headers ? [routeKey] : [],
    );
  const filing = "POST /v1/complaints";
  expect(limited("429").toSorted()).toEqual([phones, identity, filing, notice, ...onNotices, secret].toSorted());
  expect([limited("201").toSorted(), limited("200").toSorted()]).toEqual([
    [filing, notice, ...onNotices].toSorted(),
    [phones, identity, secret],
  ]);
});
