import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterAll, beforeAll, expect, test } from "vitest";
import { secretAccessKeyIn } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { startSecretsManager } from "#infra/programs/local-cloud/secrets-manager.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-signature-"));
const state = openStateFolder(join(folder, "state"));
const own = { accessKeyId: "local", secretAccessKey: secretAccessKeyIn(state) };
const region = "us-east-1";
let endpoint: string;
let stop: (() => unknown) | undefined;

beforeAll(async () => {
  const service = await startSecretsManager({ state, port: 0 });
  stop = service.stop;
  endpoint = service.environment?.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? "";
  for (const Name of ["told", "other"]) {
    const properties = { Name, SecretString: `${Name} to whoever may know` };
    const declared = { type: "AWS::SecretsManager::Secret", stack: "S", logicalId: Name, properties, asset: String };
    await service.creators["AWS::SecretsManager::Secret"]?.(declared);
  }
});
afterAll(async () => {
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (credentials: typeof own) =>
  new SecretsManagerClient({ region, endpoint, credentials, maxAttempts: 1 }).send(
    new GetSecretValueCommand({ SecretId: "told" }),
  );

test("the SDK's client is told a secret with the key of the state folder", async () => {
  expect(await ask(own)).toMatchObject({ SecretString: "told to whoever may know" });
});

test("the key is kept, and every state folder has its own", () => {
  expect(secretAccessKeyIn(state)).toBe(own.secretAccessKey);
  expect(secretAccessKeyIn(openStateFolder(join(folder, "another")))).not.toBe(own.secretAccessKey);
  expect(own.secretAccessKey).toMatch(/^[\w-]{40}$/);
});

test.each([
  ["the secret that the engines take", { ...own, secretAccessKey: "local" }, "InvalidSignatureException"],
  ["another access key", { ...own, accessKeyId: "other" }, "UnrecognizedClientException"],
])("the SDK's client is refused with %s, as AWS would", async (_, credentials, name) => {
  await expect(ask(credentials)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
});

const body = JSON.stringify({ SecretId: "told" });

type Headers = Record<string, string>;

/** The headers of a call with that body, signed as AWS documents it. */
async function signed(): Promise<Headers> {
  const { hostname, port, host } = new URL(endpoint);
  const { sha256 } = new SecretsManagerClient({ region }).config;
  const headers = { host, "x-amz-target": "secretsmanager.GetSecretValue", "x-note": "two  spaces" };
  const signer = new SignatureV4({ service: "secretsmanager", region, credentials: own, sha256 });
  const request = { method: "POST", protocol: "http:", hostname, port: Number(port), path: "/", headers, body };
  return (await signer.sign(request)).headers;
}

async function post({ host: _, ...headers }: Headers, sent = body) {
  const response = await fetch(endpoint, { method: "POST", headers, body: sent });
  return { status: response.status, said: await response.json() };
}

test("a call that another client signed is answered", async () => {
  expect(await post(await signed())).toMatchObject({ status: 200, said: { Name: "told" } });
});

const refused = (__type: string) => ({ status: 403, said: { __type, message: expect.any(String) } });

test("a signature is for one body, one instant and one set of headers", async () => {
  const headers = await signed();
  const mismatch = refused("InvalidSignatureException");
  expect(await post(headers, JSON.stringify({ SecretId: "other" }))).toEqual(mismatch);
  expect(await post({ ...headers, "x-note": "changed" })).toEqual(mismatch);
  expect(await post({ ...headers, "x-amz-date": "20261125T000000Z" })).toEqual(mismatch);
});

test("a call without a signature is told nothing", async () => {
  const { authorization: _, ...unsigned } = await signed();
  expect(await post(unsigned)).toEqual(refused("MissingAuthenticationTokenException"));
});

test.each(["Basic bG9jYWw6bG9jYWw=", "AWS4-HMAC-SHA256 Credential=local", "AWS local"])(
  "a call that is authorized by %s is told nothing",
  async (authorization) => {
    expect(await post({ ...(await signed()), authorization })).toEqual(refused("IncompleteSignatureException"));
  },
);
