import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt, importJWK, SignJWT } from "jose";
import type { TheLocalCloud } from "./the-local-cloud.ts";

/** The header of a request with a token as the issuer would sign it, with some claims of a client's token changed. */
export async function changedToken(
  cloud: Pick<TheLocalCloud, "state" | "token">,
  claims: Record<string, unknown>,
  of = "call-centre-128",
): Promise<Record<string, string>> {
  const key = JSON.parse(readFileSync(join(cloud.state, "token-key.json"), "utf8"));
  const payload = { ...decodeJwt(await cloud.token(of)), ...claims };
  const signed = new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: key.kid });
  return { authorization: `Bearer ${await signed.sign(await importJWK(key, "RS256"))}` };
}
