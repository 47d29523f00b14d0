import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { clientTimeouts, type EnvironmentName, env } from "../runtime/environment.ts";
import { errorName, log } from "../runtime/log.ts";
import type { SmsProviderKind } from "../vocabulary.ts";

const secrets = new SecretsManagerClient({ requestHandler: clientTimeouts(2_000) });

type SecretName = Extract<EnvironmentName, `${string}_SECRET`>;
const cachedSecrets = new Map<SecretName, Promise<string>>();

/** The key from which complaints' ids and secrets are derived. */
export const readPepper = () => readCached("PEPPER_SECRET");

/** The key of the digests that find a citizen's name, phone or other details in texts. It opens no complaint. */
export const readMaskKey = () => readCached("MASK_KEY_SECRET");

/** The key of the digests that stand for e-mail addresses (`addressDigest`, `spellingDigest`). */
export const readAddressKey = () => readCached("ADDRESS_KEY_SECRET");

/** The key from which the secrets of webhooks are derived. */
export const readWebhookKey = () => readCached("WEBHOOK_KEY_SECRET");

/** The key of the rounding of published numbers. */
export const readStatisticsKey = () => readCached("STATISTICS_KEY_SECRET");

/** The canary's client secret at the token issuer. Fetched each time, since the issuer rotates it. */
export const readCanarySecret = () => fetchSecret("CANARY_SECRET");

/** The keys of the providers of messages (SMS), by kind. An operator stores them; the webhook's was generated. */
const SmsKeys = z.record(z.string(), z.string());

/** Fetched each time: the sender runs once an hour, and an operator may have replaced a key. */
export async function readSmsKeys(): Promise<Partial<Record<SmsProviderKind, string>>> {
  return SmsKeys.parse(JSON.parse(await fetchSecret("SMS_SECRET")));
}

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
async function fetchSecret(name: SecretName): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: env(name) }));
  if (!SecretString) throw new Error(`the secret of ${name} has no value`);
  return SecretString;
}

/** How long the edge's keys are cached: a new key is valid everywhere, and an old one nowhere, after this time. */
const cacheMs = 5 * 60_000;
/** How long to wait after a failed fetch. */
const retryMs = 30_000;

/** A shorter key is a mistake, and could be guessed. */
const EdgeKeys = z
  .record(z.string(), z.string())
  .transform((named) => Object.values(named).filter(({ length }) => length >= 32));

let cachedKeys: { keys: string[]; until: number } | undefined;

/**
 * The keys that prove that a request came through the edge: two during a rotation, otherwise one. If they cannot be fetched
 * again, the cached keys stay valid: no caller is refused because Secrets Manager is down. `now` is in milliseconds.
 */
export async function readEdgeKeys(now: number): Promise<string[]> {
  if (cachedKeys && now < cachedKeys.until) return cachedKeys.keys;
  try {
    cachedKeys = { keys: EdgeKeys.parse(JSON.parse(await fetchSecret("EDGE_SECRET"))), until: now + cacheMs };
  } catch (cause) {
    if (!cachedKeys) throw cause;
    log.warn("edge keys not read", { errorName: errorName(cause) });
    cachedKeys = { ...cachedKeys, until: now + retryMs };
  }
  return cachedKeys.keys;
}
