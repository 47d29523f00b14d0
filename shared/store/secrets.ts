import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type EnvironmentName, env } from "../runtime/env.ts";
import { patience } from "../runtime/patience.ts";

const secrets = new SecretsManagerClient({ requestHandler: patience(2_000) });

type SecretName = Extract<EnvironmentName, `${string}_SECRET`>;
const known = new Map<SecretName, Promise<string>>();

/** The key from which complaints' ids and secrets are derived. */
export const readPepper = () => readOnce("PEPPER_SECRET");

/** The key of the digests by which texts are searched for what a citizen gave; opens no complaint. */
export const readMaskKey = () => readOnce("MASK_KEY_SECRET");

/** The key of the marks that stand for e-mail addresses (`addressMark`). */
export const readAddressKey = () => readOnce("ADDRESS_KEY_SECRET");

/** The key from which the secrets of webhooks are derived. */
export const readWebhookKey = () => readOnce("WEBHOOK_KEY_SECRET");

/** The key by which published numbers are rounded. */
export const readStatisticsKey = () => readOnce("STATISTICS_KEY_SECRET");

/** The secret of the canary's client at the token issuer: each time anew, since the issuer's is turned. */
export const readCanarySecret = () => fetchSecret("CANARY_SECRET");

/** A secret's value, fetched once per container; a failed fetch is tried again by the next request. */
function readOnce(name: SecretName): Promise<string> {
  const value =
    known.get(name) ??
    fetchSecret(name).catch((cause) => {
      known.delete(name);
      throw cause;
    });
  known.set(name, value);
  return value;
}

/** A secret's value as it is now. */
export async function fetchSecret(name: SecretName): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: env(name) }));
  if (!SecretString) throw new Error(`the secret of ${name} has no value`);
  return SecretString;
}
