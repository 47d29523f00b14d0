import { connect } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { onTestFinished } from "vitest";
import * as z from "zod";
import { type HttpApiOptions, serveHttpApi } from "#infra/programs/local-cloud/api-gateway/api-gateway.ts";

export const NOW = Date.parse("2026-11-24T06:10:00Z");
export const SECONDS = NOW / 1_000;
export const ISSUER = "https://login.qazvin.example";
export const ARN = "arn:aws:lambda:us-east-1:123456789012:function:";

export const routes: HttpApiOptions["definition"]["routes"] = [
  { routeKey: "GET /open", functionArn: `${ARN}open`, scopes: [], authorizer: "NONE" },
  { routeKey: "ANY /any/{proxy+}", functionArn: `${ARN}greedy`, scopes: [], authorizer: "NONE" },
  { routeKey: "ANY /complaints/{id}", functionArn: `${ARN}any-one`, scopes: [], authorizer: "NONE" },
  { routeKey: "GET /complaints/{id}", functionArn: `${ARN}one`, scopes: [], authorizer: "NONE" },
  { routeKey: "GET /complaints/mine", functionArn: `${ARN}mine`, scopes: [], authorizer: "NONE" },
  { routeKey: "POST /complaints/{id}/files/{fileId}", functionArn: `${ARN}file`, scopes: [], authorizer: "NONE" },
  { routeKey: "POST /bodies", functionArn: `${ARN}bodies`, scopes: [], authorizer: "NONE" },
  { routeKey: "GET /desk", functionArn: `${ARN}desk`, scopes: ["foad/agency", "foad/admin"], authorizer: "JWT" },
  { routeKey: "GET /signed", functionArn: `${ARN}signed`, scopes: [], authorizer: "JWT" },
];

const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });

export const keySet = { keys: [{ ...(await exportJWK(publicKey)), kid: "first", alg: "RS256" }] };

type Options = Partial<HttpApiOptions["definition"]> &
  Partial<Pick<HttpApiOptions, "invoke" | "logged" | "now" | "timeout" | "port">>;

/** A gateway whose functions answer with the event they got, unless told otherwise. */
export async function aGateway({
  invoke = async (functionArn, event) => ({ functionArn, event }),
  ...options
}: Options = {}) {
  const { now = () => NOW, timeout, port = 0, logged = () => undefined, ...definition } = options;
  const gateway = await serveHttpApi({
    port,
    definition: { id: "api", routes, authorizer: { issuer: ISSUER, audience: ["foad"] }, ...definition },
    invoke,
    keys: async () => keySet,
    now,
    timeout,
    logged,
  });
  onTestFinished(gateway.stop);
  return gateway;
}

const Echo = z.object({ functionArn: z.string(), event: z.looseObject({}) });

export async function eventOf(url: string, init?: RequestInit) {
  return Echo.parse(await (await fetch(url, init)).json()).event;
}

export async function invokeThroughGateway(url: string, init?: RequestInit) {
  return Echo.parse(await (await fetch(url, init)).json()).functionArn.slice(ARN.length);
}

export const claims = {
  iss: ISSUER,
  aud: "foad",
  iat: SECONDS,
  exp: SECONDS + 60,
  client_id: "bank",
  scope: "foad/agency",
};

type Signing = { key?: typeof privateKey; header?: Record<string, unknown> };

/** A token the gateway takes, but for the claims given; one given as undefined is left out. */
export function aToken(over: Record<string, unknown> = {}, { key = privateKey, header = {} }: Signing = {}) {
  const payload = Object.fromEntries(Object.entries({ ...claims, ...over }).filter(([, value]) => value !== undefined));
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "first", ...header }).sign(key);
}

/** Sends these very bytes as the last request of a connection, and gives back all that came. */
export function sendRawRequest(url: string, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () =>
      socket.write(`${head}Connection: close\r\n\r\n`),
    );
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}
