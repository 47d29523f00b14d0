import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { clientTimeouts, type EnvironmentName, env } from "../runtime/environment.ts";
import { failureName, log } from "../runtime/log.ts";

const secrets = new SecretsManagerClient({ requestHandler: clientTimeouts(2_000) });

type SecretName = Extract<EnvironmentName, `${string}_SECRET`>;
const cachedSecrets = new Map<SecretName, Promise<string>>();

/** The key from which complaints' ids and secrets are derived. */
export const readPepper = () => readCached("PEPPER_SECRET");

/** The key of the digests by which texts are searched for what a citizen gave; opens no complaint. */
export const readMaskKey = () => readCached("MASK_KEY_SECRET");

/** The key of the marks that stand for e-mail addresses (`addressDigest`). */
export const readAddressKey = () => readCached("ADDRESS_KEY_SECRET");

/** The key from which the secrets of webhooks are derived. */
export const readWebhookKey = () => readCached("WEBHOOK_KEY_SECRET");

/** The key by which published numbers are rounded. */
export const readStatisticsKey = () => readCached("STATISTICS_KEY_SECRET");

/** The secret of the canary's client at the token issuer: each time anew, since the issuer's is turned. */
export const readCanarySecret = () => fetchSecret("CANARY_SECRET");

/** A secret's value, fetched once per container; a failed fetch is tried again by the next request. */
function readCached(name: SecretName): Promise<string> {
  const value =
    cachedSecrets.get(name) ??
    fetchSecret(name).catch((cause) => {
      cachedSecrets.delete(name);
      throw cause;
    });
  cachedSecrets.set(name, value);
  return value;
}

/** A secret's value as it is now. */
export async function fetchSecret(name: SecretName): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: env(name) }));
  if (!SecretString) throw new Error(`the secret of ${name} has no value`);
  return SecretString;
}

/** How long a key goes on here that was exchanged, and how long it takes at the most until a new one holds everywhere. */
const cacheMs = 5 * 60_000;
/** When they are asked for again where that failed. */
const retryMs = 30_000;

/** One that is shorter is a mistake, and would be guessed. */
const EdgeKeys = z
  .record(z.string(), z.string())
  .transform((named) => Object.values(named).filter(({ length }) => length >= 32));

let cachedKeys: { keys: string[]; until: number } | undefined;

/**
 * The keys by which the edge is known: two, while one is exchanged for the other. Where they cannot be read again, those
 * that were read hold on: nobody is to be refused because a secret cannot be fetched for a while.
 */
export async function readEdgeKeys(now: number): Promise<string[]> {
  if (cachedKeys && now < cachedKeys.until) return cachedKeys.keys;
  try {
    cachedKeys = { keys: EdgeKeys.parse(JSON.parse(await fetchSecret("EDGE_SECRET"))), until: now + cacheMs };
  } catch (cause) {
    if (!cachedKeys) throw cause;
    log.warn("edge keys not read", { failure: failureName(cause) });
    cachedKeys = { ...cachedKeys, until: now + retryMs };
  }
  return cachedKeys.keys;
}
