import { createServer, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { type HttpApiOptions, serveHttpApi } from "../../infra/local/services/api-gateway.ts";

const NOW = Date.parse("2026-11-24T06:10:00Z");
const SECONDS = NOW / 1_000;
const ISSUER = "https://login.qazvin.example";
const ARN = "arn:aws:lambda:us-east-1:123456789012:function:";

const routes: HttpApiOptions["definition"]["routes"] = [
  { routeKey: "GET /open", functionArn: `${ARN}open`, scopes: [], authorizer: "NONE" },
  { routeKey: "ANY /any/{proxy+}", functionArn: `${ARN}greedy`, scopes: [], authorizer: "NONE" },
  { routeKey: "ANY /complaints/{id}", functionArn: `${ARN}any-one`, scopes: [], authorizer: "NONE" },
  { routeKey: "GET /complaints/{id}", functionArn: `${ARN}one`, scopes: [], authorizer: "NONE" },
  { routeKey: "GET /complaints/mine", functionArn: `${ARN}mine`, scopes: [], authorizer: "NONE" },
  { routeKey: "POST /complaints/{id}/files/{fileId}", functionArn: `${ARN}file`, scopes: [], authorizer: "NONE" },
  { routeKey: "POST /bodies", functionArn: `${ARN}bodies`, scopes: [], authorizer: "NONE" },
  { routeKey: "GET /desk", functionArn: `${ARN}desk`, scopes: ["foad/agency", "foad/admin"], authorizer: "JWT" },
  { routeKey: "GET /signed", functionArn: `${ARN}signed`, scopes: [], authorizer: "JWT" },
];

const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
const stranger = await generateKeyPair("RS256");
let keySet: { keys: Awaited<ReturnType<typeof exportJWK>>[] };

beforeAll(async () => {
  keySet = { keys: [{ ...(await exportJWK(publicKey)), kid: "first", alg: "RS256" }] };
});

type Options = Partial<HttpApiOptions["definition"]> &
  Partial<Pick<HttpApiOptions, "invoke" | "now" | "timeout" | "port">>;

/** A gateway whose functions answer with the event they got, unless told otherwise. */
async function aGateway({ invoke = async (functionArn, event) => ({ functionArn, event }), ...options }: Options = {}) {
  const { now = () => NOW, timeout, port = 0, ...definition } = options;
  const gateway = await serveHttpApi({
    port,
    definition: { routes, authorizer: { issuer: ISSUER, audience: ["foad"] }, ...definition },
    invoke,
    keys: async () => keySet,
    now,
    timeout,
  });
  onTestFinished(gateway.stop);
  return gateway;
}

const Echo = z.object({ functionArn: z.string(), event: z.looseObject({}) });

async function eventOf(url: string, init?: RequestInit) {
  return Echo.parse(await (await fetch(url, init)).json()).event;
}

async function invoked(url: string, init?: RequestInit) {
  return Echo.parse(await (await fetch(url, init)).json()).functionArn.slice(ARN.length);
}

const claims = { iss: ISSUER, aud: "foad", iat: SECONDS, exp: SECONDS + 60, client_id: "bank", scope: "foad/agency" };

function aToken(over: Record<string, unknown> = {}, key = privateKey, header: Record<string, unknown> = {}) {
  const payload = Object.fromEntries(Object.entries({ ...claims, ...over }).filter(([, value]) => value !== undefined));
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "first", ...header }).sign(key);
}

test("a function gets the request as payload format 2.0", async () => {
  const { url } = await aGateway();
  const event = await eventOf(`${url}/complaints/QZ%207?status=a&status=b%2Cc&q=%D8%B3`, {
    headers: { "User-Agent": "phone", Cookie: "a=1; b=2", "X-Twice": "1" },
  });
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: "GET /complaints/{id}",
    rawPath: "/complaints/QZ 7",
    rawQueryString: "status=a&status=b%2Cc&q=%D8%B3",
    cookies: ["a=1", "b=2"],
    queryStringParameters: { status: "a,b,c", q: "س" },
    pathParameters: { id: "QZ 7" },
    isBase64Encoded: false,
    requestContext: {
      accountId: "123456789012",
      domainName: "127.0.0.1",
      http: {
        method: "GET",
        path: "/complaints/QZ 7",
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "phone",
      },
      routeKey: "GET /complaints/{id}",
      stage: "$default",
      time: "24/Nov/2026:06:10:00 +0000",
      timeEpoch: NOW,
    },
  });
  expect(event).not.toHaveProperty("body");
  expect(event).not.toHaveProperty("requestContext.authorizer");
  expect(event).not.toHaveProperty("headers.cookie");
  expect(event).toHaveProperty("headers.x-twice", "1");
});

test("what is absent is left out, as the gateway does", async () => {
  const { url } = await aGateway();
  const event = await eventOf(`${url}/open`);
  for (const key of ["cookies", "queryStringParameters", "pathParameters", "body"])
    expect(event).not.toHaveProperty(key);
  expect(event).toMatchObject({ rawQueryString: "", isBase64Encoded: false });
});

test("repeated headers are joined by commas under their lower-case name", async () => {
  const { url } = await aGateway();
  const answer = await raw(
    url,
    'GET /open HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nx-a: 2\r\nIf-Match: "1"\r\nIf-Match: "2"\r\n',
  );
  expect(answer).toContain('"x-a":"1,2"');
  expect(answer).toContain('"if-match":"\\"1\\",\\"2\\""');
});

test.each([
  ["application/json; charset=utf-8", false],
  ["text/plain", false],
  ["application/x-www-form-urlencoded", true],
  ["application/problem+json", true],
  ["image/png", true],
])("a body of %s arrives in base64: %s", async (type, isBase64Encoded) => {
  const { url } = await aGateway();
  const event = await eventOf(`${url}/bodies`, { method: "POST", body: "سلام", headers: { "content-type": type } });
  const body = isBase64Encoded ? Buffer.from("سلام").toString("base64") : "سلام";
  expect(event).toMatchObject({ body, isBase64Encoded });
});

test.each([
  ["GET", "/complaints/mine", "mine"],
  ["GET", "/complaints/QZ-1", "one"],
  ["DELETE", "/complaints/QZ-1", "any-one"],
  ["POST", "/complaints/1/files/2", "file"],
  ["PATCH", "/any/a/b/c", "greedy"],
])("%s %s goes to the most specific route", async (method, path, name) => {
  const { url } = await aGateway();
  expect(await invoked(`${url}${path}`, { method })).toBe(name);
});

test.each([
  ["GET", "/nothing"],
  ["GET", "/complaints/"],
  ["GET", "/complaints/1/2"],
  ["POST", "/open"],
  ["GET", "/any"],
])("%s %s is nobody's: 404", async (method, path) => {
  const { url } = await aGateway();
  const response = await fetch(`${url}${path}`, { method });
  expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
});

test("the default route takes what no other does", async () => {
  const fallback = { routeKey: "$default", functionArn: `${ARN}fallback`, scopes: [], authorizer: "NONE" as const };
  const { url } = await aGateway({ routes: [fallback, ...routes] });
  expect(await invoked(`${url}/nothing`)).toBe("fallback");
  expect(await invoked(`${url}/open`)).toBe("open");
});

test("a good token opens the route, and its claims arrive as text", async () => {
  const { url } = await aGateway();
  const token = await aToken({ groups: ["a", "b"], flag: true, scope: "foad/agency other" });
  const event = await eventOf(`${url}/desk`, { headers: { authorization: `Bearer ${token}` } });
  expect(event).toHaveProperty("requestContext.authorizer.jwt", {
    claims: {
      iss: ISSUER,
      aud: "foad",
      iat: String(SECONDS),
      exp: String(SECONDS + 60),
      client_id: "bank",
      scope: "foad/agency other",
      groups: "[a b]",
      flag: "true",
    },
    scopes: ["foad/agency"],
  });
});

test.each([
  ["without the word Bearer", {}, ""],
  ["with several audiences of which one is ours", { aud: ["x", "foad"] }, "Bearer "],
  ["without an audience, by its client id", { aud: undefined, client_id: "foad" }, "Bearer "],
  ["with its scopes in scp", { scope: undefined, scp: ["x", "foad/admin"] }, "Bearer "],
])("a token is taken %s", async (_, over, prefix) => {
  const { url } = await aGateway();
  const response = await fetch(`${url}/desk`, { headers: { authorization: `${prefix}${await aToken(over)}` } });
  expect(response.status).toBe(200);
});

const unsigned = `${Buffer.from('{"alg":"none","kid":"first"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;

test.each([
  ["it has expired", () => aToken({ exp: SECONDS })],
  ["it has no expiry", () => aToken({ exp: undefined })],
  ["it is not yet valid", () => aToken({ nbf: SECONDS + 10 })],
  ["it comes from the future", () => aToken({ iat: SECONDS + 10 })],
  ["another issued it", () => aToken({ iss: "https://elsewhere.example" })],
  ["it is for somebody else", () => aToken({ aud: "other" })],
  ["neither audience nor client is ours", () => aToken({ aud: undefined })],
  ["its audience is another's and its client id ours", () => aToken({ aud: "other", client_id: "foad" })],
  ["another key signed it", () => aToken({}, stranger.privateKey)],
  ["its key is unknown", () => aToken({}, privateKey, { kid: "second" })],
  ["it names no key", () => aToken({}, privateKey, { kid: undefined })],
  ["it is not signed at all", async () => unsigned],
  ["the public key was used as a shared secret", () => aSharedSecretToken()],
  ["it is no token", async () => "abc"],
])("401 where %s", async (_, token) => {
  const { url } = await aGateway();
  const response = await fetch(`${url}/desk`, { headers: { authorization: `Bearer ${await token()}` } });
  expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"');
});

async function aSharedSecretToken() {
  const secret = new TextEncoder().encode(JSON.stringify(keySet.keys[0]));
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "first" }).sign(secret);
}

test("no token at all is 401 and only asks for one", async () => {
  const { url } = await aGateway();
  const response = await fetch(`${url}/signed`);
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe("Bearer");
});

test("a token whose scopes do not open the route is 403", async () => {
  const { url } = await aGateway();
  const headers = { authorization: `Bearer ${await aToken({ scope: "foad/front-end" })}` };
  const response = await fetch(`${url}/desk`, { headers });
  expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  expect(response.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
});

test("tokens expire by the local clock, not by the machine's", async () => {
  let now = NOW;
  const { url } = await aGateway({ now: () => now });
  const headers = { authorization: `Bearer ${await aToken()}` };
  expect((await fetch(`${url}/signed`, { headers })).status).toBe(200);
  now += 60_000;
  expect((await fetch(`${url}/signed`, { headers })).status).toBe(401);
});

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

test("beyond the burst it is 429, and the rate gives room again", async () => {
  let now = NOW;
  const { url } = await aGateway({ invoke: async () => "ok", now: () => now, throttle: { rate: 1, burst: 2 } });
  const status = async () => (await fetch(`${url}/open`)).status;
  expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
  now += 1_000;
  expect([await status(), await status()]).toEqual([200, 429]);
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

test("a preflight of an unknown origin is granted nothing", async () => {
  const { url } = await aGateway({ cors });
  const response = await fetch(`${url}/open`, preflightOf("https://evil.example"));
  expect(response.status).toBe(204);
  expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});

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

test("two requests may share a connection", async () => {
  const { url } = await aGateway({ invoke: async () => "ok" });
  const answer = await raw(url, "GET /open HTTP/1.1\r\nHost: x\r\n\r\nGET /open HTTP/1.1\r\nHost: x\r\n");
  expect(answer.match(/HTTP\/1.1 200/g)).toHaveLength(2);
});

test("a request that is being answered when the gateway stops is answered in full", async () => {
  const { promise: running, resolve: started } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const gateway = await aGateway({
    invoke: async () => {
      started();
      await released;
      return "answered";
    },
  });
  const answer = fetch(`${gateway.url}/open`);
  await running;
  const stopped = gateway.stop();
  release();
  expect(await (await answer).text()).toBe("answered");
  await stopped;
  await expect(fetch(`${gateway.url}/open`)).rejects.toThrow();
});

test("a port in use is the engine's own EADDRINUSE", async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) =>
    taken.listen(0, "127.0.0.1", () => resolve(z.object({ port: z.number() }).parse(taken.address()).port)),
  );
  onTestFinished(() => void taken.close());
  await expect(aGateway({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

/** Sends these very bytes as the last request of a connection, and gives back all that came. */
function raw(url: string, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () =>
      socket.write(`${head}Connection: close\r\n\r\n`),
    );
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}
