import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseEnv } from "node:util";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { synthesizeFixture } from "./fixture-app.ts";

let folder: string;
let cloud: LocalCloud;
/** The ports of all servers of this process, whatever they serve. */
let ports: number[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-reach-"));
  const listen = vi.spyOn(Server.prototype, "listen");
  const fixture = synthesizeFixture(folder);
  cloud = await startLocalCloud({ ...fixture, state: join(folder, "state"), port: 0, inMemory: true });
  const servers = listen.mock.contexts.filter((server) => server instanceof Server);
  ports = servers.filter(({ listening }) => listening).map(portOf);
  listen.mockRestore();
});
afterAll(async () => {
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const Address = z.object({ port: z.number() });
const portOf = (server: Server) => Address.parse(server.address()).port;

type Sent = { port: number; path?: string; method?: string; headers?: Record<string, string> };

async function send({ port, path = "/", method = "GET", headers = {} }: Sent) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request({ host: "127.0.0.1", port, path, method, headers, agent: false }, resolve).on("error", reject).end();
  const answer = await promise;
  return { status: answer.statusCode, said: await text(answer), headers: answer.headers };
}

const refusedHost = { status: 403, said: expect.stringMatching(/^Only requests to 127\.0\.0\.1 or localhost/) };
const refusedOrigin = { status: 403, said: expect.stringMatching(/^Only pages of this machine/) };
const cors = /^access-control-/;

const foreignHosts = [
  "evil.example",
  "127.0.0.1.evil.example",
  "evil.example.localhost",
  "localhost.evil.example",
  "127.0.0.1@evil.example",
  "0.0.0.0",
];
const foreignOrigins = [
  "https://evil.example",
  "http://127.0.0.1.evil.example",
  "http://evil.example:12800",
  "http://localhost@evil.example",
  "null",
];

/** What each server answers to a request that it takes; a refusal of its own tells as much. */
const strict: [string, () => string | undefined, string, number, RegExp][] = [
  ["the clock", () => cloud.endpoints.clock, "/", 200, /"now"/],
  ["the list of mails", () => cloud.endpoints.mail, "/mails", 200, /^\[\]$/],
  ["the token issuer", () => cloud.endpoints.tokenEndpoint, "/jwks", 200, /"keys"/],
  ["the queues", () => cloud.endpoints.sqs, "/health", 200, /"ok"/],
  ["SES", () => cloud.environment.AWS_ENDPOINT_URL_SES, "/", 200, /^\[\]$/],
  ["Secrets Manager", () => cloud.environment.AWS_ENDPOINT_URL_SECRETS_MANAGER, "/", 403, /MissingAuthentication/],
  ["Step Functions", () => cloud.environment.AWS_ENDPOINT_URL_SFN, "/", 400, /Serialization/],
];
const open: typeof strict = [
  ["the API", () => cloud.endpoints.api, "/hello/you", 200, /"path":"\/hello\/you"/],
  ["S3", () => cloud.environment.AWS_ENDPOINT_URL_S3, "/tiny-parked", 403, /AccessDenied/],
];
const portIn = (address: string | undefined) => Number(new URL(address ?? "").port);

describe.each([...strict, ...open])("%s", (_, address, path, status, said) => {
  const taken = { status, said: expect.stringMatching(said) };
  const ask = (headers: Record<string, string>) => send({ port: portIn(address()), path, headers });

  test.each(["127.0.0.1", "127.0.0.1:80", "localhost", "LocalHost:12800", "[::1]:12800"])(
    "answers under the name %s",
    async (host) => expect(await ask({ host })).toMatchObject(taken),
  );

  test.each(foreignHosts)("refuses the name %s", async (host) => {
    expect(await ask({ host })).toMatchObject(refusedHost);
    expect(await ask({ host: `${host}:${portIn(address())}` })).toMatchObject(refusedHost);
  });

  test.each(["http://127.0.0.1:12800", "http://localhost", "http://[::1]:3000"])(
    "answers a page of %s",
    async (origin) => expect(await ask({ origin })).toMatchObject(taken),
  );
});

describe.each(strict)("%s", (_, address, path) => {
  test.each(foreignOrigins)("refuses a page of %s, and the question whether it may ask", async (origin) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const answer = await send({ port: portIn(address()), path, method, headers: { origin } });
      expect(answer, method).toMatchObject(refusedOrigin);
      expect(Object.keys(answer.headers).filter((name) => cors.test(name))).toEqual([]);
    }
  });
});

test.each(open)("%s answers a page of anywhere as it does in AWS, and lets it read nothing", async (...row) => {
  const [, address, path, status, said] = row;
  for (const origin of foreignOrigins) {
    const answer = await send({ port: portIn(address()), path, headers: { origin } });
    expect(answer).toMatchObject({ status, said: expect.stringMatching(said) });
    expect(Object.keys(answer.headers).filter((name) => cors.test(name))).toEqual([]);
  }
});

test("no server of this process answers a foreign name, and only the API and S3 a foreign page", async () => {
  const named = [...strict, ...open].map(([, address]) => portIn(address()));
  expect(ports).toEqual(expect.arrayContaining(named));
  const forPages = open.map(([, address]) => portIn(address()));
  for (const port of ports) {
    expect(await send({ port, headers: { host: "evil.example" } }), `port ${port}`).toMatchObject(refusedHost);
    if (forPages.includes(port)) continue;
    const asked = { port, headers: { origin: "https://evil.example" } };
    expect(await send(asked), `port ${port}`).toMatchObject(refusedOrigin);
  }
});

test("a foreign page cannot move time, not even by a form or as JSON", async () => {
  const before = cloud.clock.reading();
  const port = portIn(cloud.endpoints.clock);
  for (const type of ["text/plain", "application/json"]) {
    const headers = { origin: "https://evil.example", "content-type": type };
    expect(await send({ port, method: "POST", headers })).toMatchObject(refusedOrigin);
  }
  expect(cloud.clock.reading()).toEqual(before);
});

const Greeting = z.object({ secret: z.string() });

test("what an operator's program reads in the state folder opens the secrets, and nothing less does", async () => {
  const told = parseEnv(readFileSync(join(folder, "state", "operator.env"), "utf8"));
  const { secret: SecretId } = Greeting.parse(await (await fetch(`${cloud.endpoints.api}/hello/you`)).json());
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = told;
  const get = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
    new SecretsManagerClient({
      region: told.AWS_REGION ?? "",
      endpoint: told.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? "",
      credentials,
      maxAttempts: 1,
    }).send(new GetSecretValueCommand({ SecretId }));
  expect((await get({ accessKeyId, secretAccessKey })).SecretString).toMatch(/^\w{40}$/);
  await expect(get({ accessKeyId, secretAccessKey: "local" })).rejects.toMatchObject({
    name: "InvalidSignatureException",
  });
});
