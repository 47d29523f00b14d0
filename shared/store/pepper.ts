import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { env } from "../runtime/env.ts";

const secrets = new SecretsManagerClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

let pepper: Promise<string> | undefined;

/** The province's pepper, fetched once per container; a failed fetch is tried again by the next request. */
export function readPepper(): Promise<string> {
  pepper ??= fetchPepper().catch((cause) => {
    pepper = undefined;
    throw cause;
  });
  return pepper;
}

async function fetchPepper(): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: env("PEPPER_SECRET") }));
  if (!SecretString) throw new Error("the pepper's secret has no value");
  return SecretString;
}
