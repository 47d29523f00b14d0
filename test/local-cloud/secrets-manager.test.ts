import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Service } from "#infra/programs/local-cloud/cloudformation/resources.ts";
import { secretAccessKeyIn } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { startSecretsManager } from "#infra/programs/local-cloud/secrets-manager.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-secrets-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const state = () => openStateFolder(folder);
const start = () => startSecretsManager({ state: state(), port: 0 });

async function make(service: Service, properties: unknown, logicalId = "Pepper"): Promise<string> {
  const type = "AWS::SecretsManager::Secret";
  const made = await service.creators[type]?.({ type, stack: "Tiny", logicalId, properties, asset: String });
  return made?.ref ?? "";
}

function client({ environment }: Service) {
  const endpoint = environment?.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? "";
  const credentials = { accessKeyId: "local", secretAccessKey: secretAccessKeyIn(state()) };
  return new SecretsManagerClient({ region: "us-east-1", endpoint, credentials, maxAttempts: 1 });
}

const letters = { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };

test("a secret is generated as the template says, once, and is the same after a restart", async () => {
  const first = await start();
  const SecretId = await make(first, letters);
  const before = await client(first).send(new GetSecretValueCommand({ SecretId }));
  await first.stop?.();
  const second = await start();
  expect(await make(second, letters)).toBe(SecretId);
  const { $metadata: _, ...after } = await client(second).send(new GetSecretValueCommand({ SecretId }));
  await second.stop?.();
  expect(after.SecretString).toMatch(/^[A-Za-z0-9]{64}$/);
  expect(before).toMatchObject(after);
  expect(after).toMatchObject({ VersionId: expect.stringMatching(/^[0-9a-f-]{36}$/), VersionStages: ["AWSCURRENT"] });
});

test("a generated value takes its place in the template's object", async () => {
  const service = await start();
  const generation = { PasswordLength: 8, SecretStringTemplate: '{"user":"foad"}', GenerateStringKey: "password" };
  const SecretId = await make(service, { GenerateSecretString: generation }, "Login");
  const { SecretString = "" } = await client(service).send(new GetSecretValueCommand({ SecretId }));
  expect(JSON.parse(SecretString)).toEqual({ user: "foad", password: expect.stringMatching(/^.{8}$/) });
  await service.stop?.();
});

test.each([
  ["an unknown secret", { SecretId: "nothing" }],
  ["an unknown version", { SecretId: "Tiny-Pepper", VersionId: "00000000-0000-4000-8000-000000000000" }],
  ["a previous version", { SecretId: "Tiny-Pepper", VersionStage: "AWSPREVIOUS" }],
])("%s is not found", async (_, request) => {
  const service = await start();
  await make(service, letters);
  await expect(client(service).send(new GetSecretValueCommand(request))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await service.stop?.();
});

test("a new value is another version, and the same after a restart", async () => {
  const first = await start();
  const SecretId = await make(first, letters, "Rotated");
  const before = await client(first).send(new GetSecretValueCommand({ SecretId }));
  const put = await client(first).send(new PutSecretValueCommand({ SecretId, SecretString: "anew" }));
  expect(put.VersionId).not.toBe(before.VersionId);
  await first.stop?.();
  const second = await start();
  await make(second, letters, "Rotated");
  const after = await client(second).send(new GetSecretValueCommand({ SecretId }));
  expect(after).toMatchObject({ SecretString: "anew", VersionId: put.VersionId });
  const none = new PutSecretValueCommand({ SecretId: "nothing", SecretString: "anew" });
  await expect(client(second).send(none)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await second.stop?.();
});

test("any other operation is refused rather than left hanging", async () => {
  const service = await start();
  await expect(client(service).send(new ListSecretsCommand({}))).rejects.toMatchObject({
    name: "InvalidRequestException",
  });
  await service.stop?.();
});
