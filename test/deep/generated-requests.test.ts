import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { normalizeText, visibleText } from "#shared/text.ts";
import { prepareComplaint } from "../support/acceptable-requests.ts";
import type { Answered, Call } from "../support/api-caller.ts";
import { type Known, valuesOf } from "../support/fuzz/from-schema.ts";
import { formOf, malformedBody } from "../support/fuzz/malformed.ts";
import { clientOf, type Documented, operationsOf } from "../support/fuzz/operations.ts";
import { prepareIssue } from "../support/issue-requests.ts";
import { unsubscribeTokenOf } from "../support/mailbox.ts";
import { noticesIn } from "../support/notice-story.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const cloud = withLocalCloud();
const wanted = sizeOf("requests");
const seed = Number(process.env.FOAD_TEST_SEED ?? Date.now() % 1_000_000);

type World = Known & { id: string[]; secret: string[]; noticeSecret: string[] };

/** What there is in the province, about one complaint and of one notice, by the names of fields and parameters. */
async function world(): Promise<World> {
  const { id, secret } = await prepareComplaint(cloud, "complaint");
  const notice = await noticesIn(cloud).heard();
  return {
    id: [id],
    complaintIds: [[id]],
    secret: [secret],
    noticeSecret: [notice.secret],
    agencyId: ["social-security"],
    toAgencyId: ["post"],
    countyId: ["qazvin"],
    category: ["postponed-without-reason"],
    cause: ["none"],
    channel: ["phone"],
    token: [unsubscribeTokenOf(cloud, "reader@mail.example")],
    date: [new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10)],
    subscriber: ["agency:post"],
    sub: ["inspector-9"],
    visitId: ["00000000-0000-0000-0000-000000000000"],
    noticeId: [notice.id],
    attachmentId: ["0".repeat(32)],
  };
}

/** With a fresh issue for each request about one, in a state in which the route has something to do. */
async function withIssue(known: World, { method, path }: Documented): Promise<World> {
  if (!path.includes("{issueId}")) return known;
  const { issueId } = await prepareIssue(cloud, { routeKey: `${method} ${path}`, id: known.id[0] ?? "" });
  return { ...known, issueId: [issueId] };
}

type Sent = { parameters: unknown[]; body: unknown };

/** What the document takes of the operation: every parameter that must be there, and some of the others. */
function takenBy(
  { parameters, bodySchema }: Documented,
  making: { document: unknown; known: Known },
): fc.Arbitrary<Sent> {
  const values = parameters.map(({ name, schema, required }) => {
    const value = valuesOf(schema, { ...making, name });
    // Of the shared headers the language alone: what the others bring about is no matter of their shape.
    if (required || name === "Accept-Language") return value;
    return name === "If-Match" ? fc.constant(undefined) : fc.option(value, { nil: undefined });
  });
  const body = bodySchema ? valuesOf(bodySchema, making) : fc.constant(undefined);
  return fc.record({ parameters: fc.tuple(...values), body });
}

function callOf(operation: Documented, { parameters, body }: Sent, { secret, noticeSecret }: World): Call {
  const { method, path, caller, takesSecret, contentType } = operation;
  const given = operation.parameters.flatMap((one, n) =>
    parameters[n] === undefined ? [] : [{ ...one, value: String(parameters[n]) }],
  );
  const within = (place: string) => given.filter((one) => one.in === place);
  const query = new URLSearchParams(Object.fromEntries(within("query").map(({ name, value }) => [name, value])));
  const filled = within("path").reduce(
    (to, { name, value }) => to.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
  // A header holds bytes: whatever else a text has comes as the percent signs that stand for it.
  const headers = within("header").map(({ name, value }) => [
    name.toLowerCase(),
    encodeURIComponent(value).slice(0, 128),
  ]);
  const raw = contentType.includes("json") ? JSON.stringify(body) : formOf(body);
  return {
    method: method as NonNullable<Call["method"]>,
    path: query.size > 0 ? `${filled}?${query}` : filled,
    ...(clientOf[caller] && { as: clientOf[caller] }),
    ...(takesSecret && { secret: String(path.startsWith("/v1/notices/") ? noticeSecret : secret) }),
    ...(body !== undefined && { raw }),
    headers: { "content-type": contentType, ...Object.fromEntries(headers) },
  };
}

/** The body with its texts as the API measures their least length: in their stored form, without what nobody sees. */
function asKept(body: unknown): unknown {
  if (typeof body === "string") return visibleText(normalizeText(body));
  if (Array.isArray(body)) return body.map(asKept);
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, inner]) => [name, asKept(inner)]));
}

/**
 * Rules that a schema says too: a request that keeps to the document cannot break one. The rule of e-mail addresses is not
 * here, since no schema says that the part before the @ has 64 characters at most.
 */
const ofShape =
  /^(missing|empty|wrong|not-(text|a-(number|whole-number|list|date)|true-or-false|an-(object|instant)|json)|pattern|one-of|unknown-field|duplicate|idempotency-key|(min|max)(-(items|characters|bytes))?)$/;
const Refusal = z.object({ code: z.string(), errors: z.array(z.object({ code: z.string() })).default([]) });

function isRefusedAsMalformed({ status, body }: Answered): boolean {
  if (![400, 413, 415].includes(status)) return false;
  const { code, errors } = Refusal.parse(body);
  if (code !== "invalid") return code !== "cursor-invalid";
  return errors.some((error) => ofShape.test(error.code));
}

function countAccepted(accepted: Record<string, number>, { path }: Documented, { status }: Answered): void {
  for (const [name, count] of Object.entries(accepted))
    if (path.includes(name) && status < 300) accepted[name] = count + 1;
}

test("what the document takes is not refused as malformed, what it does not take is refused, and every answer is as documented", {
  timeout: 3_600_000,
}, async () => {
  const document = await (await fetch(`${cloud.endpoints.api}/v1/openapi.json`)).json();
  const operations = operationsOf(document);
  // At the least each as it should be, again, and changed.
  const requests = Math.max(wanted, 3 * operations.length);
  const tally: Record<string, number> = {};
  /** Requests about a notice or an issue that were accepted, by the name in their path. */
  const accepted = { "{noticeId}": 0, "{issueId}": 0 };
  let known = await world();
  process.stdout.write(`${requests} requests over ${operations.length} operations, FOAD_TEST_SEED=${seed}\n`);
  for (let n = 0; n < requests; n++) {
    const operation = operations[n % operations.length];
    if (!operation) continue;
    if (n % operations.length === operations.length - 1) known = await world();
    known = await withIssue(known, operation);
    const [right] = fc.sample(takenBy(operation, { document, known }), { numRuns: 1, seed: seed + n });
    if (!right) continue;
    // Each third round is sent with something changed in its body.
    const isEdited = n % (3 * operations.length) >= 2 * operations.length && operation.bodySchema !== undefined;
    const [body] = isEdited ? fc.sample(malformedBody(right.body), { numRuns: 1, seed: seed + n }) : [right.body];
    const faults = [body ?? null, asKept(body ?? null)].flatMap((one) =>
      operation.bodySchema ? cloud.openapi.faultsIn(one, operation.bodySchema) : [],
    );
    const call = callOf(operation, { ...right, body }, known);
    const answered = await cloud.call(call);
    const what = `FOAD_TEST_SEED=${seed}, request ${n}: ${JSON.stringify(call).slice(0, 2_000)}\n${faults}\n${answered.text}`;
    tally[answered.status] = (tally[answered.status] ?? 0) + 1;
    countAccepted(accepted, operation, answered);
    expect(answered.status, what).toBeLessThan(500);
    if (!isEdited) expect(faults, what).toEqual([]);
    if (faults.length === 0) expect(isRefusedAsMalformed(answered), what).toBe(false);
    else expect(answered.status, what).toBeGreaterThanOrEqual(400);
  }
  process.stdout.write(`answers by status: ${JSON.stringify(tally)}, accepted: ${JSON.stringify(accepted)}\n`);
  expect(tally[200] ?? 0).toBeGreaterThan(requests / 10);
  expect(accepted["{noticeId}"]).toBeGreaterThan(0);
  expect(accepted["{issueId}"]).toBeGreaterThan(0);
});
