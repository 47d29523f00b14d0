import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { handler } from "#functions/callers/citizen.function.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";
import { captureLog } from "../support/written-log.ts";

const secrets = mockClient(SecretsManagerClient);
const table = mockClient(DynamoDBDocumentClient);
afterAll(() => {
  secrets.restore();
  table.restore();
});
let log: ReturnType<typeof captureLog>;
beforeEach(() => {
  vi.stubEnv("COMPLAINTS_TABLE", "Complaints");
  table.on(GetCommand).resolves({});
  vi.stubEnv("PEPPER_SECRET", "arn:aws:secretsmanager:us-east-1:000000000000:secret:pepper");
  log = captureLog();
});
afterEach(() => {
  log.release();
  vi.unstubAllEnvs();
});

const routeKey = "GET /v1/complaints/{id}";
const read = () =>
  handler(anApiEvent({ routeKey, id: "QZ-7K3M-9XPT-Q", headers: { "foad-secret": "0000-0000" } }), aContext);

test("a pepper that could not be fetched is fetched by the next request, and then kept", async () => {
  const unreachable = Object.assign(new Error("canary at the secret"), { name: "InternalServiceError" });
  secrets.on(GetSecretValueCommand).rejectsOnce(unreachable).resolves({ SecretString: "a pepper for tests" });
  expect(await read()).toMatchObject({ statusCode: 503, body: expect.not.stringContaining("canary") });
  expect(await read()).toMatchObject({ statusCode: 404 });
  expect(await read()).toMatchObject({ statusCode: 404 });
  expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(2);
  expect(log.text()).not.toContain("canary");
});
