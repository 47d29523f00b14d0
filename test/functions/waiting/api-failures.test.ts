import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { handler as agency } from "#functions/callers/agency.function.ts";
import { handler as fileComplaint } from "#functions/complaints/file-complaint.function.ts";
import { complaintKey, eventKey, headKey } from "#shared/runtime/keys.ts";
import { aComplaint, agencyPrincipal, filingBody } from "../../support/a-complaint.ts";
import { aContext, anApiEvent } from "../../support/api-event.ts";
import { captureLog } from "../../support/written-log.ts";

const table = mockClient(DynamoDBDocumentClient);
const secrets = mockClient(SecretsManagerClient);
const { id } = aComplaint();
let log: ReturnType<typeof captureLog>;

beforeEach(() => {
  for (const name of ["COMPLAINTS_TABLE", "IDENTITIES_TABLE", "PEPPER_SECRET", "MASK_KEY_SECRET"])
    vi.stubEnv(name, name.toLowerCase());
  vi.stubEnv("AWS_REGION", "us-east-1");
  // No office has hours of its own today.
  table.on(QueryCommand).resolves({ Items: [] });
  // Nor has the front end filed anything in this minute.
  table.on(GetCommand).resolves({});
  table.on(UpdateCommand).resolves({});
  secrets.on(GetSecretValueCommand).resolves({ SecretString: "a pepper for tests" });
  log = captureLog();
});
afterEach(() => {
  log.release();
  table.reset();
  secrets.reset();
  vi.unstubAllEnvs();
});

const Answer = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });
const reading = anApiEvent({ routeKey: "GET /v1/agency/complaints/{id}", id, clientId: agencyPrincipal.clientId });
const listing = anApiEvent({ routeKey: "GET /v1/agency/complaints", clientId: agencyPrincipal.clientId });
const moving = anApiEvent({
  routeKey: "POST /v1/agency/complaints/{id}/acknowledgement",
  id,
  clientId: agencyPrincipal.clientId,
  body: { officer: { name: "مریم رستمی" } },
});
const filing = anApiEvent({
  routeKey: "POST /v1/complaints",
  clientId: "call-centre-128",
  body: filingBody(),
  headers: { "idempotency-key": "some-key-or-other" },
});

type Event = typeof reading;
const askAgency = async (event: Event) => Answer.parse(await agency(event, aContext));
const file = async (event: Event = filing) => Answer.parse(await fileComplaint(event, aContext));

/** Stands in every message, so that any of it would be found again. */
const quoted = "quoted canary at line 5:\n    at canary of arn:aws:dynamodb:us-east-1:123456789012:table/secret";
const said = { message: quoted, $metadata: {} };
const reasons = (...codes: string[]) => ({
  ...said,
  CancellationReasons: codes.map((Code) => ({ Code, Message: quoted })),
});

const passing: [string, Error][] = [
  ["its throughput is exceeded", new ProvisionedThroughputExceededException(said)],
  ["it throttles", new ThrottlingException(said)],
  ["the account's limit is reached", new RequestLimitExceeded(said)],
  ["it fails inside", new InternalServerError(said)],
  ["it does not answer in time", Object.assign(new Error(quoted), { name: "TimeoutError" })],
  ["it cannot be reached", Object.assign(new Error(quoted), { code: "ECONNREFUSED" })],
  ["its name cannot be resolved", Object.assign(new Error(quoted), { code: "EAI_AGAIN" })],
];

function expectSilence(answer: z.infer<typeof Answer>) {
  for (const word of ["canary", "arn:aws:dynamodb", "123456789012"]) {
    expect(answer.body).not.toContain(word);
    expect(JSON.stringify(answer.headers)).not.toContain(word);
    expect(log.text()).not.toContain(word);
  }
}

function expectUnavailable(answer: z.infer<typeof Answer>) {
  expect(JSON.parse(answer.body)).toMatchObject({ status: 503, code: "unavailable" });
  expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
  expectSilence(answer);
}

describe.each(passing)("where the table fails because %s, the caller is told to try again", (_, error) => {
  test("when reading", async () => {
    table.on(GetCommand).rejects(error);
    expectUnavailable(await askAgency(reading));
  });

  test("when listing", async () => {
    table.on(QueryCommand).rejects(error);
    expectUnavailable(await askAgency(listing));
  });

  test("when moving", async () => {
    table.on(BatchGetCommand).resolves({ Responses: { complaints_table: [{ ...aComplaint(), sk: headKey }] } });
    table.on(TransactWriteCommand).rejects(error);
    expectUnavailable(await askAgency(moving));
  });

  test("when filing", async () => {
    table.on(TransactWriteCommand).rejects(error);
    expectUnavailable(await file());
  });
});

test.each(["ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"])(
  "a transaction cancelled for %s again and again is told as unavailable",
  async (code) => {
    table.on(TransactWriteCommand).rejects(new TransactionCanceledException(reasons("None", code)));
    expectUnavailable(await file());
    expect(table.commandCalls(TransactWriteCommand).length).toBeGreaterThan(1);
  },
);

test("a transaction cancelled once for throttling is tried again, and the complaint is filed", async () => {
  const cancelled = new TransactionCanceledException(reasons("ThrottlingError"));
  table.on(TransactWriteCommand).rejectsOnce(cancelled).resolves({});
  expect((await file()).statusCode).toBe(201);
});

test("keys that a batch left unread are told as unavailable, never as not found", async () => {
  table.on(BatchGetCommand).resolves({ UnprocessedKeys: { complaints_table: { Keys: [] } } });
  expectUnavailable(await askAgency(moving));
});

const head = { ...aComplaint(), pk: complaintKey(id), sk: headKey };

test.each([
  ["the state", "canary of no state", undefined],
  ["an event", "filed", { sk: eventKey(1), type: "canary of no type", version: 1 }],
  ["the text", "filed", { sk: "NARRATIVE", description: { canary: 1 } }],
])(
  "%s that was stored in another form is not shown, and its reader may come back once a version runs that reads it",
  async (_, status, item) => {
    table.on(GetCommand).resolves({ Item: { ...head, status } });
    table
      .on(QueryCommand)
      .resolves({ Items: [head, { sk: "NARRATIVE", description: "متن" }, ...(item ? [item] : [])].reverse() });
    const answer = await askAgency(reading);
    expect(JSON.parse(answer.body)).toEqual({
      type: expect.stringMatching(/^https:.*\/v1\/docs#problem-unavailable$/),
      status: 503,
      code: "unavailable",
      title: expect.any(String),
      detail: expect.any(String),
    });
    expectSilence(answer);
  },
);

test("a failure that nobody foresaw is told as internal, without a word of it", async () => {
  table.on(GetCommand).rejects(new TypeError(quoted));
  const answer = await askAgency(reading);
  expect(JSON.parse(answer.body)).toMatchObject({ status: 500, code: "internal-error" });
  expect(log.text()).toContain("TypeError");
  expectSilence(answer);
});
