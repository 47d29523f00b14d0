import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { addressMark, refusalToken } from "#shared/domain/citizen/address-mark.ts";

const Secrets = z.record(z.string(), z.object({ value: z.string() }));

/** The key of addresses' marks, as a local cloud keeps it. */
export function addressKeyOf({ state }: { state: string }): string {
  const secrets = Secrets.parse(JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")));
  return Object.entries(secrets).find(([id]) => id.includes("AddressKey"))?.[1].value ?? "";
}

/** What a mail to this address would carry. */
export function refusalTokenOf(cloud: { state: string }, address: string): string {
  const key = addressKeyOf(cloud);
  return refusalToken(key, addressMark(key, address));
}
