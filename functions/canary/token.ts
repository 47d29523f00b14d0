import * as z from "zod";
import { env } from "#shared/runtime/env.ts";
import { readCanarySecret } from "#shared/store/secrets.ts";
import { patiently } from "./public-api.ts";

const Discovery = z.object({ token_endpoint: z.url() });
const Granted = z.object({ access_token: z.string() });

/** A token as any program of the sandbox gets one: from the province's issuer, by the client's own secret. */
export async function fetchToken(clientId: string): Promise<string> {
  const issuer = env("TOKEN_ISSUER").replace(/\/$/, "");
  const found = await fetch(`${issuer}/.well-known/openid-configuration`, patiently());
  const { token_endpoint: endpoint } = Discovery.parse(await found.json());
  const proof = [clientId, await readCanarySecret()].map(encodeURIComponent).join(":");
  const granted = await fetch(endpoint, {
    ...patiently(),
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(proof).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "foad/front-end foad/agency" }),
  });
  if (!granted.ok) throw new Error(`the issuer answered ${granted.status}`);
  return Granted.parse(await granted.json()).access_token;
}
