// Serves the page, and files for it with the token, which no page may see. `node server.ts` runs it as it stands.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const { API = "", TOKEN_ENDPOINT = "", CLIENT_ID, CLIENT_SECRET, PORT = "8128" } = process.env;
/** Where the province keeps files: citizens' forms lead there, and the pictures come from there. */
const { FILES = "http://127.0.0.1:*" } = process.env;
const longest = 64_000;

/** The page is one file: its style and its bundled program stand in it, and the browser runs and asks nothing else. */
async function thePage() {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "page.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    define: { API: JSON.stringify(API) },
    write: false,
  });
  const script = outputFiles.map(({ text }) => text.replaceAll("</script", "<\\/script")).join("");
  const html = await readFile(join(import.meta.dirname, "page.html"), "utf8");
  const body = html.replace("<!-- page.ts -->", () => `<script type="module">${script}</script>`);
  const [, style = ""] = /<style>([\s\S]*)<\/style>/.exec(html) ?? [];
  const policy = [
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; font-src 'self'",
    `script-src '${hashOf(script)}'; style-src '${hashOf(style)}'`,
    `connect-src 'self' ${API} ${FILES}; img-src data: ${FILES}`,
  ].join("; ");
  return {
    body,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, ...always },
  };
}

const always = { "referrer-policy": "no-referrer", "x-content-type-options": "nosniff", "cache-control": "no-store" };

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

let token: { text: string; until: number } | undefined;
async function bearer(): Promise<string> {
  if (token && token.until > Date.now()) return `Bearer ${token.text}`;
  const authorization = `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}`;
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  const answer = await fetch(TOKEN_ENDPOINT, { method: "POST", headers: { authorization }, body });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  const { access_token, expires_in } = (await answer.json()) as { access_token: string; expires_in: number };
  token = { text: access_token, until: Date.now() + (expires_in - 60) * 1_000 };
  return `Bearer ${access_token}`;
}

/** Sends the complaint on as it came, but for the channel, which is ours to say. The page's key makes pressing twice file once. */
async function file(complaint: object, key: string): Promise<Response> {
  const body = JSON.stringify({ ...complaint, channel: "web" });
  const send = async () => {
    const headers = { authorization: await bearer(), "content-type": "application/json", "idempotency-key": key };
    return fetch(`${API}/v1/complaints`, { method: "POST", headers, body, signal: AbortSignal.timeout(15_000) });
  };
  const answer = await send();
  if (answer.status !== 401) return answer;
  token = undefined;
  return send();
}

type Reply = { status: number; headers: Record<string, string>; body: string | Uint8Array };

async function reply(request: IncomingMessage): Promise<Reply> {
  switch (`${request.method} ${request.url}`) {
    case "GET /":
      return { status: 200, ...page };
    case "GET /vazirmatn.woff2":
      return { status: 200, headers: { "content-type": "font/woff2", "cache-control": "max-age=86400" }, body: font };
    case "POST /v1/complaints":
      return filed(request);
    default:
      return { status: 404, headers: always, body: "" };
  }
}

/** Without a key of its own each time, two visitors who write the same words would be given one case, and one secret. */
const aKey = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only JSON, which no page of another origin can send here unasked. Where strangers come, limit also how often one may file. */
async function filed(request: IncomingMessage): Promise<Reply> {
  const key = request.headers["idempotency-key"];
  const complaint = await sentBy(request);
  if (!complaint || typeof key !== "string" || !aKey.test(key)) return { status: 400, headers: always, body: "" };
  const answer = await file(complaint, key);
  const headers = { ...always, "content-type": answer.headers.get("content-type") ?? "application/json" };
  return { status: answer.status, headers, body: await answer.text() };
}

async function sentBy(request: IncomingMessage): Promise<object | undefined> {
  if (request.headers["content-type"] !== "application/json") return undefined;
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += part;
    if (text.length > longest) return undefined;
  }
  try {
    const sent: unknown = JSON.parse(text);
    return typeof sent === "object" && sent !== null ? sent : undefined;
  } catch {
    return undefined;
  }
}

const page = await thePage();
const font = await readFile(fileURLToPath(import.meta.resolve("vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2")));

const server = createServer(async (request, response) => {
  const { status, headers, body } = await reply(request).catch((error: unknown): Reply => {
    process.stderr.write(`${error}\n`);
    return { status: 502, headers: always, body: "" };
  });
  response.writeHead(status, headers).end(body);
});
server.listen(Number(PORT), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`the citizen's page is at http://127.0.0.1:${port}\n`);
});
