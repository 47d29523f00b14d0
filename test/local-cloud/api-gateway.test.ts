import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { ARN, aGateway, eventOf, invokeThroughGateway, NOW, routes, sendRawRequest } from "../support/a-gateway.ts";

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

test("a parameter may be called as a prototype's field", async () => {
  const { url } = await aGateway();
  const { queryStringParameters } = await eventOf(`${url}/open?__proto__=1&constructor=2`);
  expect(Object.entries(Object(queryStringParameters))).toEqual([
    ["__proto__", "1"],
    ["constructor", "2"],
  ]);
});

test("repeated headers are joined by commas under their lower-case name", async () => {
  const { url } = await aGateway();
  const answer = await sendRawRequest(
    url,
    'GET /open HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: 1\r\nx-a: 2\r\nIf-Match: "1"\r\nIf-Match: "2"\r\n',
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
  expect(await invokeThroughGateway(`${url}${path}`, { method })).toBe(name);
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
  expect(await invokeThroughGateway(`${url}/nothing`)).toBe("fallback");
  expect(await invokeThroughGateway(`${url}/open`, { method: "POST" }), "a path that is there, by another method").toBe(
    "fallback",
  );
  expect(await invokeThroughGateway(`${url}/open`)).toBe("open");
  expect(await eventOf(`${url}/nothing/at/all`)).toMatchObject({ routeKey: "$default", rawPath: "/nothing/at/all" });
});

test("two requests may share a connection", async () => {
  const { url } = await aGateway({ invoke: async () => "ok" });
  const answer = await sendRawRequest(
    url,
    "GET /open HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /open HTTP/1.1\r\nHost: 127.0.0.1\r\n",
  );
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
