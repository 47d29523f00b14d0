import { request } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { filingBody } from "../support/a-complaint.ts";
import type { Answered, Call, Receipt } from "../support/api-caller.ts";
import { changedToken } from "../support/changed-token.ts";
import { type Refused, refusedFilings, refusedLists, refusedMoves } from "../support/refused-requests.ts";
import { startOfHour, unregisteredClients, withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud("qazvin", startOfHour());
let complaint: Receipt;
beforeAll(async () => {
  complaint = await cloud.file();
  // A list of two has a second page.
  await cloud.file();
  await cloud.quiet();
});

/** Sends what is to be accepted; what follows from it, such as a mail, must not look like something a refused one wrote. */
async function accepted(call: Call): Promise<void> {
  const { status, text } = await cloud.call(call);
  expect([200, 201], text).toContain(status);
  await cloud.quiet();
}

const internals = /node_modules|\.ts\b|\.js\b|\bat [\w.]+ \(|Exception|Error\b|dynamodb|arn:|zod/i;
const persian = /[\u0600-\u06ff]/;
const Problem = z.object({
  title: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** Sends it in both languages; nothing may be written, and no answer may tell how we are built. */
async function refused(call: Call): Promise<Answered> {
  // What went before is still being told, and each mail is noted.
  await cloud.quiet();
  const before = await cloud.tables.everything();
  const answered = await cloud.call(call);
  const english = await cloud.call({ ...call, headers: { ...call.headers, "accept-language": "en-GB,en;q=0.9" } });
  expect(await cloud.tables.everything()).toBe(before);
  expect(answered.text).not.toMatch(internals);
  expect(english.status).toBe(answered.status);
  if (answered.headers.get("content-type") !== "application/problem+json") return answered;
  for (const text of textsOf(answered)) expect(text).toMatch(persian);
  for (const text of textsOf(english)) expect(text).not.toMatch(persian);
  return answered;
}

function textsOf({ body }: Answered): string[] {
  const { title, detail, errors = [] } = Problem.parse(body);
  return [title, detail, ...errors.map(({ message }) => message)];
}

test.each<Refused>([...refusedFilings, ...refusedLists])(
  "%s: refused with the problem of the contract",
  async (_, call, status, code, path) => {
    const { body } = await refused(call);
    expect(body).toMatchObject({ type: `${cloud.endpoints.api}/v1/docs#problem-${code}`, status, code });
    if (path !== undefined)
      expect(body).toMatchObject({
        errors: expect.arrayContaining([
          expect.objectContaining({ path, code: expect.any(String), message: expect.any(String) }),
        ]),
      });
  },
);

const byAgency = ["acknowledgement", "answer"];

function moving(route: string, more: Partial<Call>): Call {
  const { id, secret } = complaint;
  const whose = byAgency.includes(route) ? { as: "agency-social-security" } : { secret };
  const root = byAgency.includes(route) ? "/v1/agency/complaints" : "/v1/complaints";
  return { ...whose, method: "POST", path: `${root}/${id}/${route}`, ...more };
}

test.each(refusedMoves)("%s with %s: refused, and the field is named", async (route, _, body, path) => {
  expect((await refused(moving(route, { body }))).body).toMatchObject({
    status: 400,
    code: "invalid",
    errors: expect.arrayContaining([
      expect.objectContaining({ path, code: expect.any(String), message: expect.any(String) }),
    ]),
  });
});

test.each(['"7"', '"7", "8"', '"01"'])("a move that saw another version is stale: %s", async (seen) => {
  const call = moving("withdrawal", { body: {}, headers: { "if-match": seen } });
  expect((await refused(call)).body).toMatchObject({ status: 412, code: "version-outdated" });
});

test.each(["“1”", 'W/"1"'])(
  "a move with an If-Match that is not taken is told how one is written: %s",
  async (seen) => {
    const headers = { "if-match": Buffer.from(seen).toString("latin1") };
    const { body } = await refused(moving("withdrawal", { body: {}, headers }));
    const errors = [{ path: "If-Match", code: "entity-tag", message: expect.stringContaining('"3"') }];
    expect(body).toMatchObject({ status: 400, code: "invalid", errors });
  },
);

test.each(['"1"', '"7", "1"', "*"])("a move with the version it saw is taken: %s", async (seen) => {
  const { id, secret } = await cloud.file();
  const path = `/v1/complaints/${id}/withdrawal`;
  await accepted({ secret, method: "POST", path, headers: { "if-match": seen } });
});

test.each([
  ["4,000 characters outside the first plane, escaped", "\\ud83d\\ude00".repeat(4_000)],
  ["10 characters", "1234567890"],
])("%s are not too many or too few", async (_, description) => {
  const raw = JSON.stringify(filingBody({ description: "x" })).replace('"x"', `"${description}"`);
  const headers = { "idempotency-key": crypto.randomUUID(), "content-type": "application/json; charset=utf-8" };
  await accepted({ as: "call-centre-128", method: "POST", path: "/v1/complaints", raw, headers });
});

describe("a cursor", () => {
  const page = z.object({ nextCursor: z.string() });
  const list = (as: string, query: string) => ({ as, path: `/v1/agency/complaints?${query}` });
  test.each([
    ["on another query", "agency-social-security", "status=filed&limit=1"],
    ["by another agency", "agency-gas", "limit=1"],
  ])("is refused %s", async (_, as, query) => {
    const { nextCursor } = page.parse((await cloud.call(list("agency-social-security", "limit=1"))).body);
    const { body } = await refused(list(as, `${query}&cursor=${nextCursor}`));
    expect(body).toMatchObject({ status: 400, code: "cursor-invalid" });
  });

  test("that somebody made up is refused, even with the right seal", async () => {
    const position = { inbox: "AGENCY#gas#open" };
    const { writeCursor } = await import("#functions/http/parameters.ts");
    const made = writeCursor(position, { list: "inbox", agencyId: "social-security" });
    expect((await refused(list("agency-social-security", `cursor=${made}`))).body).toMatchObject({
      code: "cursor-invalid",
    });
  });
});

const filing: Call = {
  as: "call-centre-128",
  method: "POST",
  path: "/v1/complaints",
  body: filingBody(),
  headers: { "idempotency-key": "who-may-file" },
};
const inbox: Call = { as: "agency-social-security", path: "/v1/agency/complaints" };
const gateways = (status: number, message: string) => ({ status, text: JSON.stringify({ message }) });

test.each<[string, Call]>([
  ["front-end", { ...filing, as: unregisteredClients["front-end"] }],
  ["agency", { ...inbox, as: unregisteredClients.agency }],
])("a client with the scope foad/%s that the province has not registered is told so", async (_, call) => {
  expect((await refused(call)).body).toMatchObject({ status: 403, code: "not-registered" });
});

const token = (claims: Record<string, unknown>, of?: string) => changedToken(cloud, claims, of);

test.each([
  ["of a registered agency", { client_id: "agency-social-security" }],
  ["of nobody", { client_id: undefined, azp: undefined }],
  ["named as objects' own things", { client_id: "__proto__" }],
  ["named constructor", { client_id: "constructor" }],
])("a front end's token %s files nothing", async (_, claims) => {
  const { as: __, ...call } = filing;
  const headers = { ...filing.headers, ...(await token(claims)) };
  expect((await refused({ ...call, headers })).body).toMatchObject({ status: 403, code: "not-registered" });
});

test.each([
  ["none", undefined],
  ["one of 2,200 bytes", "x".repeat(2_200)],
  ["a space", "person one"],
  ["a half-space", "person\u200c1"],
  ["a mark of direction", "person-1\u200f"],
  ["another application", "call-centre-128"],
])("an inspector's token with %s for a person is nobody's", async (_, sub) => {
  const headers = await token({ sub }, "inspector-1");
  const call = { path: "/v1/inspector/complaints?queue=disputed", headers };
  expect((await refused(call)).body).toMatchObject({ status: 403, code: "not-registered" });
});

test("a client may be named by azp", async () => {
  const { as: _, ...call } = filing;
  const headers = { ...filing.headers, ...(await token({ client_id: undefined, azp: "call-centre-128" })) };
  await accepted({ ...call, headers });
});

test.each([
  ["a filing with an agency's token", { ...filing, as: "agency-social-security" }],
  ["an agency's list with a front end's token", { ...inbox, as: "call-centre-128" }],
])("%s is of a client that is not registered for it", async (_, call) => {
  expect((await refused(call)).body).toMatchObject({ status: 403, code: "not-registered" });
});

test("a token with none of our scopes is refused by the gateway, in its own words", async () => {
  const headers = { ...filing.headers, ...(await token({ scope: "openid email" })) };
  expect(await refused({ ...filing, as: undefined, headers })).toMatchObject(gateways(403, "Forbidden"));
});

test.each<[string, Call, number, string]>([
  ["a filing without a token", { method: "POST", path: "/v1/complaints", body: filingBody() }, 401, "Unauthorized"],
  [
    "a filing with a token that is none",
    { ...filing, headers: { authorization: "Bearer x.y.z" } },
    401,
    "Unauthorized",
  ],
  [
    "headers of 11 KB",
    { path: "/v1/catalog", headers: { "x-long": "x".repeat(11_000) } },
    431,
    "Request Header Fields Too Large",
  ],
])("%s is refused by the gateway, in its own words", async (_, call, status, message) => {
  expect(await refused(call)).toMatchObject(gateways(status, message));
});

describe("what no route takes", () => {
  test.each<[string, Call]>([
    ["a path that is not there", { path: "/v1/everything?with=1&with=2" }],
    ["a path of ours with a slash at its end", { path: "/v1/catalog/" }],
    ["another case of letters", { path: "/V1/catalog" }],
    ["a method that the path does not have", { path: "/v1/complaints" }],
    ["a body that is no JSON", { method: "POST", path: "/v1/complaint", raw: "{" }],
    ["a key that is none", { method: "POST", path: "/v1/complaint", body: {}, headers: { "idempotency-key": "x" } }],
    ["a token of whoever has one", { as: "agency-gas", path: "/v1/agency/everything" }],
  ])("%s is refused as a problem that leads to the documents", async (_, call) => {
    const { status, headers, body } = await refused(call);
    expect([status, headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect(body).toMatchObject({
      type: `${cloud.endpoints.api}/v1/docs#problem-unknown-route`,
      code: "unknown-route",
      detail: expect.stringContaining(`${cloud.endpoints.api}/v1/docs`),
    });
  });

  test("is answered without a body where HEAD asks", async () => {
    const answer = await fetch(`${cloud.endpoints.api}/v1/everything`, { method: "HEAD" });
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      404,
      "application/problem+json",
      "",
    ]);
  });

  test("does not keep a browser's preflight from being answered by the gateway", async () => {
    const headers = { origin: "http://localhost:5173", "access-control-request-method": "POST" };
    for (const path of ["/v1/complaints", "/v1/everything"]) {
      const answer = await fetch(`${cloud.endpoints.api}${path}`, { method: "OPTIONS", headers });
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([204, headers.origin]);
    }
  });
});

test("what is wrong with a filing is told in sentences, the language of which is asked for", async () => {
  const body = filingBody({ citizen: { phone: "0912 12" }, descripton: "x" });
  const call: Call = { ...filing, body, headers: { "idempotency-key": "told-in-words" } };
  const english = { ...call.headers, "accept-language": "en" };
  expect((await cloud.call(call)).body).toMatchObject({
    detail:
      "شمارهٔ تلفن شهروند درست نیست؛ مانند 09121234567 بنویسید. یکی از فیلدهای فرستاده‌شده این‌جا شناخته نیست؛ شاید منظور description است.",
  });
  expect((await cloud.call({ ...call, headers: english })).body).toMatchObject({
    detail:
      "The citizen's phone number is not valid: write it like 09121234567. A field that was sent is not known here: perhaps `description` is meant.",
    errors: [
      { path: "citizen.phone", code: "phone" },
      { path: "descripton", code: "unknown-field", params: { didYouMean: "description" } },
    ],
  });
});

test("where a body stops being JSON is told by line and column", async () => {
  const raw = '{\n  "agencyId": "gas",\n  "countyId" "qazvin"\n}';
  const { body } = await refused({ ...filing, body: undefined, raw, headers: { "idempotency-key": "no-json-at-all" } });
  expect(body).toMatchObject({
    detail: "درخواست JSON درستی نیست؛ سطر ۳، ستون ۱۴ را ببینید.",
    errors: [{ path: "", code: "not-json", params: { line: 3, column: 14, offset: 36 } }],
  });
});

test("a secret sent twice in two headers is a wrong secret", async () => {
  const { id, secret } = complaint;
  const headers = ["host", "127.0.0.1", "foad-secret", secret, "foad-secret", secret];
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  request(`${cloud.endpoints.api}/v1/complaints/${id}`, { headers }, (answer) =>
    resolve(answer.resume().statusCode),
  ).end();
  expect(await promise).toBe(404);
});

test("a token that has expired is refused by the gateway", async () => {
  const authorization = `Bearer ${await cloud.token("call-centre-128")}`;
  await cloud.clock.advance(2 * 60 * 60_000);
  const { as: _, ...call } = filing;
  expect(await refused({ ...call, headers: { ...filing.headers, authorization } })).toMatchObject(
    gateways(401, "Unauthorized"),
  );
});
