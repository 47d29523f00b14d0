import * as z from "zod";
import { failureOf, log } from "../runtime/log.ts";
import { fetchSecret } from "./secrets.ts";

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
    known = { keys: Keys.parse(JSON.parse(await fetchSecret("EDGE_SECRET"))), until: now + holdMs };
  } catch (cause) {
    if (!known) throw cause;
    log.warn("edge keys not read", { failure: failureOf(cause) });
    known = { ...known, until: now + againMs };
  }
  return known.keys;
}
