import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { JWK } from "jose";
import { OAuth2Issuer } from "oauth2-mock-server";
import * as z from "zod";

const StoredKey = z.looseObject({ kty: z.literal("RSA"), alg: z.literal("RS256"), kid: z.string(), d: z.string() });

/**
 * A signer with the given key, else the stored one, else a new one, which is then stored, readable by its owner alone.
 */
export async function issuerWithKey({ issuer, key, keyFile }: { issuer: string; key?: JWK; keyFile?: string }) {
  const signer = new OAuth2Issuer();
  signer.url = issuer;
  const known = key ?? (keyFile && (await stored(keyFile)));
  if (known) {
    await signer.keys.add({ alg: "RS256", ...known });
    return signer;
  }
  const fresh = await signer.keys.generate("RS256", { kid: randomUUID() });
  if (keyFile) await store(keyFile, fresh);
  return signer;
}

/** Whole or not at all, or a process that is killed meanwhile would leave a broken key to the next start. */
async function store(keyFile: string, key: JWK): Promise<void> {
  await writeFile(`${keyFile}.draft`, JSON.stringify(key), { mode: 0o600 });
  await rename(`${keyFile}.draft`, keyFile);
}

async function stored(keyFile: string): Promise<z.infer<typeof StoredKey> | undefined> {
  const text = await readFile(keyFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return StoredKey.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${keyFile} holds no signing key any more: delete it, and a new one is made.`, { cause });
  }
}
