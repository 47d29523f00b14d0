import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { filingBody } from "../support/a-complaint.ts";
import { withBuiltClient } from "../support/built-client.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const built = withBuiltClient();
const root = join(import.meta.dirname, "../..");

/** The client as its user imports it. What it is typed as is tested by a program that is compiled against it. */
type Api = {
  get: (path: string, init?: object) => Promise<Record<string, unknown>>;
  post: (path: string, init?: object) => Promise<Record<string, unknown>>;
  all: (path: string, init?: object) => AsyncIterable<Record<string, unknown>>;
};
type Options = { token?: unknown; secret?: string; language?: string; fetch?: unknown; attempts?: number };
let createFoadClient: (options: Options & { baseUrl: string }) => Api;
let signIn: (options: object) => () => Promise<string>;
beforeAll(async () => {
  ({ createFoadClient, signIn } = await import(join(built.folder, "client.js")));
});

const client = (options: Options) => createFoadClient({ baseUrl: cloud.endpoints.api, ...options });
const as = (name: string, options: Options = {}) => client({ token: () => cloud.token(name), ...options });

const program = `
import { createFoadClient, FoadProblem, GatewayRefusal, type components } from "@foad/client";
const api = createFoadClient({ baseUrl: "https://api.foad.example", token: "t" });
const rows: components["schemas"]["InboxItem"][] = [];
for await (const row of api.all("/v1/agency/complaints", { params: { query: { late: "true" } } })) rows.push(row);
const path = { id: rows[0]?.id ?? "" };
const view = await api.post("/v1/agency/complaints/{id}/acknowledgement", { params: { path }, body: {} });
const moves: string[] = view.allowedMoves;
try {
  await api.get("/v1/agency/summary");
} catch (error) {
  if (error instanceof FoadProblem) console.log(error.problem.detail, error.code);
  if (error instanceof GatewayRefusal) console.log(error.reason === "too-many-requests", moves);
}
// @ts-expect-error: there is no such path.
await api.get("/v1/agency/nothing");
// @ts-expect-error: an answer needs a finding.
await api.post("/v1/agency/complaints/{id}/answer", { params: { path }, body: { cause: "none", text: "x" } });
// @ts-expect-error: nobody reads acknowledgements.
await api.get("/v1/agency/complaints/{id}/acknowledgement", { params: { path } });
`;

test("the package is installable and typed: a program compiles against it, and wrong requests do not", () => {
  const home = join(built.folder, "home");
  mkdirSync(join(home, "node_modules/@foad"), { recursive: true });
  symlinkSync(built.folder, join(home, "node_modules/@foad/client"));
  writeFileSync(join(home, "program.mts"), program);
  const tsconfig = {
    compilerOptions: {
      module: "nodenext",
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    },
    files: ["program.mts"],
  };
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify(tsconfig));
  execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", home], { encoding: "utf8" });
  const { name, files } = JSON.parse(readFileSync(join(built.folder, "package.json"), "utf8"));
  expect(name).toBe("@foad/client");
  expect(files.filter((file: string) => !existsSync(join(built.folder, file)))).toEqual([]);
});

const filing = { body: filingBody({ agencyId: "post" }) };

describe("a request", () => {
  test("is sent again with the same key until it is answered, and happens once", async () => {
    const keys: (string | null)[] = [];
    const failing = [503, 500];
    const fetchOften = async (request: Request) => {
      keys.push(request.headers.get("idempotency-key"));
      // The first is answered and the answer is lost.
      if (keys.length === 1) {
        await fetch(request);
        throw new TypeError("the connection is gone");
      }
      const status = failing.shift();
      return status ? new Response("{}", { status, headers: { "retry-after": "0.01" } }) : fetch(request);
    };
    const filed = await as("call-centre-128", { fetch: fetchOften }).post("/v1/complaints", filing);
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(4);
    await cloud.clock.advance(60_000);
    const told = [];
    for await (const { complaintId } of as("call-centre-128").all("/v1/front-end/events")) told.push(complaintId);
    expect(told.filter((id) => id === filed.id)).toHaveLength(1);
    const inbox = [];
    for await (const row of as("agency-post").all("/v1/agency/complaints")) inbox.push(row.id);
    expect(inbox.filter((id) => id === filed.id)).toHaveLength(1);
  });

  test("that nothing mends is given up after the last attempt", async () => {
    let sent = 0;
    const fetchNever = async () => {
      sent++;
      return new Response('{"message":"Service Unavailable"}', {
        status: 503,
        headers: { "retry-after": "0.01", "content-type": "application/json" },
      });
    };
    const asked = client({ fetch: fetchNever, attempts: 3 }).get("/v1/catalog");
    await expect(asked).rejects.toMatchObject({ name: "GatewayRefusal", reason: "unavailable", status: 503 });
    expect(sent).toBe(3);
  });

  const refuse = (status: number, headers = {}) =>
    new Response('{"message":"Service Unavailable"}', {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
  const identity = "/v1/inspector/complaints/{id}/identity";
  const ofNobody = { params: { path: { id: "QZ-0000-0000-0" } } };

  test.each([
    ["is not sent again after an error", 500, identity, ofNobody, 1],
    ["is not sent again after an error, of the calls neither", 503, "/v1/front-end/calls", {}, 1],
    ["is sent again if the gateway let nothing through", 429, identity, ofNobody, 3],
    ["is sent again after an error, where it has no effect", 500, "/v1/catalog", {}, 3],
  ])("a read with an effect %s", async (_, status, path, init, times) => {
    let sent = 0;
    const fetchNever = async () => {
      sent++;
      return refuse(status, { "retry-after": "0.01" });
    };
    await expect(client({ fetch: fetchNever, attempts: 3 }).get(path, init)).rejects.toMatchObject({ status });
    expect(sent).toBe(times);
  });

  test("that would have to wait for more than a minute is refused at once", async () => {
    let sent = 0;
    const fetchLater = async () => {
      sent++;
      return refuse(503, { "retry-after": "61" });
    };
    await expect(client({ fetch: fetchLater }).get("/v1/catalog")).rejects.toMatchObject({ reason: "unavailable" });
    expect(sent).toBe(1);
  });

  test("that its caller ends waits no longer and is not sent again", async () => {
    const ending = new AbortController();
    let sent = 0;
    const fetchLater = async () => {
      sent++;
      setTimeout(() => ending.abort(new Error("the page was left")), 50);
      return refuse(503, { "retry-after": "50" });
    };
    const asked = client({ fetch: fetchLater }).get("/v1/catalog", { signal: ending.signal });
    await expect(asked).rejects.toThrow("the page was left");
    expect(sent).toBe(1);
  });

  test("whose token the issuer refuses is not tried again", async () => {
    let asked = 0;
    const token = signIn({ tokenEndpoint: cloud.endpoints.tokenEndpoint, clientId: "nobody", clientSecret: "wrong" });
    const counted = () => {
      asked++;
      return token();
    };
    await expect(client({ token: counted }).get("/v1/agency/summary")).rejects.toThrow("the token issuer refuses");
    expect(asked).toBe(1);
  });

  test("that the API refuses throws the problem, in the language that was asked for", async () => {
    const asked = as("agency-post", { language: "en" }).get("/v1/agency/complaints/{id}", {
      params: { path: { id: "QZ-0000-0000-1" } },
    });
    await expect(asked).rejects.toMatchObject({
      name: "FoadProblem",
      status: 400,
      code: "invalid",
      problem: { detail: expect.stringMatching(/^The complaint's id/), errors: [{ path: "id", code: "complaint-id" }] },
    });
  });

  test.each<[string, () => Api, object]>([
    ["without a token", () => client({ attempts: 1 }), { status: 401, reason: "token-missing-or-expired" }],
    ["with a token of nobody", () => client({ token: "x.y.z", attempts: 1 }), { status: 401 }],
  ])("%s is a refusal of the gateway", async (_, api, refusal) => {
    await expect(api().get("/v1/agency/complaints")).rejects.toMatchObject({ name: "GatewayRefusal", ...refusal });
  });
});

test("a list and a feed are read to their end, page by page", async () => {
  const api = as("call-centre-128");
  const ids: unknown[] = [];
  for (let n = 0; n < 5; n++)
    ids.push((await api.post("/v1/complaints", { body: filingBody({ agencyId: "gas" }) })).id);
  await cloud.clock.advance(60_000);
  const query = { params: { query: { limit: 2 } } };
  const listed: unknown[] = [];
  for await (const { id } of as("agency-gas").all("/v1/agency/complaints", query)) listed.push(id);
  expect(listed.sort()).toEqual([...ids].sort());
  const told: unknown[] = [];
  for await (const { subject } of as("agency-gas").all("/v1/agency/events", query)) told.push(subject);
  expect([...told].sort()).toEqual([...ids].sort());
});

test("a program signs in and keeps its token; one that the API no longer takes is fetched anew", async () => {
  const { clientId, clientSecret } = cloud.endpoints.clients["agency-gas"] ?? expect.unreachable();
  const token = signIn({ tokenEndpoint: cloud.endpoints.tokenEndpoint, clientId, clientSecret });
  const first = await token();
  expect(await token()).toBe(first);
  const refusals = [new Response('{"message":"Unauthorized"}', { status: 401 })];
  const fetchAfterRefusal = (request: Request) => Promise.resolve(refusals.pop() ?? fetch(request));
  const api = client({ token, fetch: fetchAfterRefusal });
  expect(z.object({ open: z.int() }).safeParse(await api.get("/v1/agency/summary")).success).toBe(true);
  expect(refusals).toEqual([]);
  const wrong = signIn({ tokenEndpoint: cloud.endpoints.tokenEndpoint, clientId, clientSecret: "wrong" });
  await expect(wrong()).rejects.toThrow("the token issuer refuses");
});

test("a citizen's page gives the secret", async () => {
  const { id, secret } = await cloud.file();
  const view = await client({ secret }).get("/v1/complaints/{id}", { params: { path: { id } } });
  expect(view).toMatchObject({ id, status: "filed" });
});
