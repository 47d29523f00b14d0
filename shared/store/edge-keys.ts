import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { env } from "../runtime/env.ts";
import { failureOf, log } from "../runtime/log.ts";
import { patience } from "../runtime/patience.ts";

const secrets = new SecretsManagerClient({ requestHandler: patience(2_000) });
/** How long a key goes on here that was exchanged, and how long it takes at the most until a new one holds everywhere. */
const holdMs = 5 * 60_000;
/** When they are asked for again where that failed. */
const againMs = 30_000;

/** One that is shorter is a mistake, and would be guessed. */
const Keys = z
  .record(z.string(), z.string())
  .transform((named) => Object.values(named).filter(({ length }) => length >= 32));

let known: { keys: string[]; until: number } | undefined;

/**
 * The keys by which the edge is known: two, while one is exchanged for the other. Where they cannot be read again, those
 * that were read hold on: nobody is to be refused because a secret cannot be fetched for a while.
 */
export async function readEdgeKeys(now: number): Promise<string[]> {
  if (known && now < known.until) return known.keys;
  try {
    known = { keys: await fetchKeys(), until: now + holdMs };
  } catch (cause) {
    if (!known) throw cause;
    log.warn("edge keys not read", { failure: failureOf(cause) });
    known = { ...known, until: now + againMs };
  }
  return known.keys;
}

async function fetchKeys(): Promise<string[]> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: env("EDGE_SECRET") }));
  return Keys.parse(JSON.parse(SecretString ?? ""));
}
