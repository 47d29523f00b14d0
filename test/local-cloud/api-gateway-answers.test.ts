import { request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { throttleBy } from "#infra/programs/local-cloud/api-gateway/requests.ts";
import { ARN, aGateway, NOW, routes } from "../support/a-gateway.ts";

test.each([
  [
    "all it can say",
    {
      statusCode: 201,
      headers: { "X-Y": "1", Location: "/z" },
      cookies: ["a=1", "b=2"],
      body: "aGk=",
      isBase64Encoded: true,
    },
    201,
    "hi",
  ],
  ["a status alone", { statusCode: 204 }, 204, ""],
  ["a status as text", { statusCode: "202", body: "ok" }, 202, "ok"],
  ["an object without a status", { hello: "سلام" }, 200, '{"hello":"سلام"}'],
  ["a bare text", "hello", 200, "hello"],
  ["nothing", undefined, 200, "null"],
  ["a body that is no text", { statusCode: 200, body: { a: 1 } }, 500, '{"message":"Internal Server Error"}'],
  ["a status that is none", { statusCode: "yes", body: "" }, 500, '{"message":"Internal Server Error"}'],
])("a function that answers with %s", async (_, value, status, body) => {
  const { url } = await aGateway({ invoke: async () => value });
  const response = await fetch(`${url}/open`);
  expect([response.status, await response.text()]).toEqual([status, body]);
});

test("headers and cookies of a structured answer reach the caller", async () => {
  const answer = {
    statusCode: 200,
    headers: { ETag: '"3"', "Content-Length": "9" },
    cookies: ["a=1", "b=2"],
    body: "hi",
  };
  const { url } = await aGateway({ invoke: async () => answer });
  const response = await fetch(`${url}/open`);
  expect(response.headers.get("etag")).toBe('"3"');
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(await response.text()).toBe("hi");
});

const throttled = Object.assign(new Error("Rate exceeded"), { name: "TooManyRequestsException" });

test.each([
  ["the function fails", () => Promise.reject(new Error("secret detail")), 500, "Internal Server Error"],
  ["Lambda refuses to run it", () => Promise.reject(throttled), 503, "Service Unavailable"],
  ["it takes too long", () => new Promise(() => {}), 503, "Service Unavailable"],
])("where %s, the caller learns no more than the gateway says", async (_, invoke, status, message) => {
  const { url } = await aGateway({ invoke, timeout: 50 });
  const response = await fetch(`${url}/open`);
  expect([response.status, await response.json()]).toEqual([status, { message }]);
});

test.each([
  ["announced", { "content-length": String(10 * 1_024 * 1_024 + 1) }],
  ["in chunks", { "transfer-encoding": "chunked" }],
])("more than 10 MB, %s, is 413 and reaches no function", async (_, headers) => {
  const reached: string[] = [];
  const { url } = await aGateway({ invoke: async (arn) => void reached.push(arn) });
  const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const call = httpRequest(`${url}/bodies`, { method: "POST", headers }, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode ?? 0, body });
    });
    call.on("error", reject);
    call.write(Buffer.alloc(10 * 1_024 * 1_024 + 1));
  });
  expect(answer).toEqual({ status: 413, body: '{"message":"Request Entity Too Large"}' });
  expect(reached).toEqual([]);
});

test("10 MB exactly are let through", async () => {
  const { url } = await aGateway({ invoke: async () => "ok" });
  const response = await fetch(`${url}/bodies`, { method: "POST", body: new Uint8Array(10 * 1_024 * 1_024) });
  expect(response.status).toBe(200);
});

test("request line and headers beyond 10,240 bytes are 431, also far beyond", async () => {
  const { url } = await aGateway({ invoke: async () => "ok" });
  const status = async (length: number) =>
    (await fetch(`${url}/open`, { headers: { "x-long": "a".repeat(length) } })).status;
  expect(await status(9_900)).toBe(200);
  expect(await status(10_240)).toBe(431);
  expect(await status(70_000)).toBe(431);
  expect((await fetch(`${url}/open?cursor=${"a".repeat(10_240)}`)).status).toBe(431);
});

test("beyond the burst it is 429", async () => {
  // A request in eleven days.
  const throttle = { rate: 0.000_001, burst: 2 };
  const { url } = await aGateway({ invoke: async () => "ok", throttle });
  const status = async () => (await fetch(`${url}/open`)).status;
  expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
});

test("the rate gives room again", () => {
  let now = 0;
  const admits = throttleBy({ throttle: { rate: 1, burst: 2 }, now: () => now });
  expect([1, 2, 3].map(() => admits("GET /open"))).toEqual([true, true, false]);
  now += 1_000;
  expect([1, 2].map(() => admits("GET /open"))).toEqual([true, false]);
});

const cors = {
  allowOrigins: ["https://app.example"],
  allowMethods: ["GET", "POST"],
  allowHeaders: ["foad-secret", "if-match"],
  exposeHeaders: ["etag", "location"],
  maxAge: 600,
};

const preflightOf = (origin: string) => ({
  method: "OPTIONS",
  headers: { origin, "access-control-request-method": "POST" },
});

test("a preflight of a known origin is answered by the gateway alone", async () => {
  const { url } = await aGateway({ cors, invoke: () => Promise.reject(new Error("not to be called")) });
  const response = await fetch(`${url}/complaints/1`, preflightOf("https://app.example"));
  expect(response.status).toBe(204);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": "https://app.example",
    "access-control-allow-methods": "GET,POST",
    "access-control-allow-headers": "foad-secret,if-match",
    "access-control-max-age": "600",
  });
});

describe("where a default route takes every method", () => {
  const routesWith = (authorizer: "JWT" | "NONE") => [
    ...routes,
    { routeKey: "$default", functionArn: `${ARN}fallback`, scopes: [], authorizer },
  ];
  const invoke = () => Promise.reject(new Error("not to be called"));

  test.each(["/open", "/nothing"])(
    "a preflight at %s is the gateway's still, if the route asks for no token",
    async (path) => {
      const { url } = await aGateway({ cors, invoke, routes: routesWith("NONE") });
      const response = await fetch(`${url}${path}`, preflightOf("https://app.example"));
      expect(response.status).toBe(204);
      expect(response.headers.get("access-control-allow-methods")).toBe("GET,POST");
    },
  );

  test("and is refused like any request, if it asks for one", async () => {
    const { url } = await aGateway({ cors, invoke, routes: routesWith("JWT") });
    expect((await fetch(`${url}/open`, preflightOf("https://app.example"))).status).toBe(401);
  });
});

test.each(["http://localhost:5173", "http://127.0.0.1:8080"])(
  "a page that is served at %s may call",
  async (origin) => {
    const { url } = await aGateway({ cors });
    const { headers } = await fetch(`${url}/open`, preflightOf(origin));
    expect(headers.get("access-control-allow-origin")).toBe(origin);
  },
);

test.each(["https://evil.example", "http://localhost.evil.example"])(
  "a preflight of %s is granted nothing",
  async (origin) => {
    const { url } = await aGateway({ cors });
    const response = await fetch(`${url}/open`, preflightOf(origin));
    expect(response.status).toBe(204);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  },
);

test.each(["/open", "/nothing", "/desk"])(
  "an answer at %s carries the origin, refusals too, and not the function's own",
  async (path) => {
    const invoke = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "" });
    const { url } = await aGateway({ cors, invoke });
    const response = await fetch(`${url}${path}`, { headers: { origin: "https://app.example" } });
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(response.headers.get("access-control-expose-headers")).toBe("etag,location");
  },
);

test("each request has a line in the access log, in the stage's words, and is answered the id that stands there", async () => {
  const lines: string[] = [];
  const { url } = await aGateway({
    accessLine:
      '{"id":"$context.requestId","route":"$context.routeKey","status":"$context.status","error":"$context.error.message","of":"$context.identity.sourceIp"}',
    logged: (line) => lines.push(line),
  });
  const answered = await fetch(`${url}/open`);
  const { requestContext } = Echo.parse(await answered.json()).event;
  await fetch(`${url}/signed`);
  await fetch(`${url}/nowhere`);
  const [known, refused, unknown] = lines.map((line) => JSON.parse(line));
  expect(known).toEqual({ id: requestContext.requestId, route: "GET /open", status: "200", error: "-", of: "-" });
  expect(answered.headers.get("apigw-requestid")).toBe(known.id);
  expect(answered.headers.get("date"), "by the virtual clock").toBe(new Date(NOW).toUTCString());
  expect(refused).toMatchObject({ route: "GET /signed", status: "401", error: "Unauthorized" });
  expect(unknown).toMatchObject({ route: "-", status: "404", error: "Not Found" });
});

const Echo = z.object({ event: z.object({ requestContext: z.object({ requestId: z.string() }) }) });
