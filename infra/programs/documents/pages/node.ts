// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code that a reader pastes.
import { exampleIds } from "../examples/example-values.ts";
import { addresses, asWhom, fillPlaces, noEndpoints, type PastedRequest } from "./requests.ts";

/**
 * Lines that a reader pastes once into `node`, before any request. The agency of the examples comes before other agencies. Only
 * the last line waits: the prompt of Node garbles lines that are pasted behind one that waits.
 */
export const nodeBeginning = `var API = "${addresses.api}", ISSUER = "${addresses.issuer}", TOKEN;
var ID = "${exampleIds.id}", SECRET = "${exampleIds.secret}", DAY, ATTACHMENT, VISIT, NOTICE, ISSUE, CALL, MAIL_TOKEN;
async function clientOf(who) {
  if (process.env.FOAD_CLIENT_CREDENTIALS) return process.env.FOAD_CLIENT_CREDENTIALS;
  const { readFileSync } = await import("node:fs");
  let all = {};
  try { all = JSON.parse(readFileSync(".local/endpoints.json", "utf8")).clients; } catch {
    throw new Error("${noEndpoints}");
  }
  const is = ([, c]) => c.scope === "foad/" + who && [undefined, "${exampleIds.agencyId}"].includes(c.agencyId);
  const found = Object.entries(all).find(([name]) => name === who) ?? Object.entries(all).find(is);
  if (!found) throw new Error("${asWhom}" + Object.keys(all).join(" "));
  console.error("as " + found[0] + " (" + found[1].scope + ")");
  return found[1].clientId + ":" + found[1].clientSecret;
}
async function as(who) {
  const { token_endpoint } = await (await fetch(ISSUER + "/.well-known/openid-configuration")).json();
  const headers = { Authorization: "Basic " + btoa(await clientOf(who)) };
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  const answer = await fetch(token_endpoint, { method: "POST", headers, body });
  if (!answer.ok) throw new Error("No token: is the client's secret right?");
  TOKEN = (await answer.json()).access_token;
  DAY = new Date(Date.parse(await instant()) + 86_400_000).toISOString().slice(0, 10);
}
async function instant() {
  const { headers } = await fetch(API + "/v1/catalog");
  return new Date(headers.get("date")).toISOString();
}
async function show(answer) {
  const text = await answer.text();
  console.log(answer.status, text);
  return answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
}
await as("front-end");`;

const proofLines = { token: "Authorization: `Bearer ${TOKEN}`,", secret: '"Foad-Secret": SECRET,' };

const written: Record<string, string> = {
  INSTANT: "${await instant()}",
  MIDNIGHT: "${(await instant()).slice(0, 10)}T00:00:00Z",
};
const fill = (text: string) => fillPlaces(text, (name) => written[name] ?? `\${${name}}`);

/** A text with places becomes a template, and any other text stays a string. */
const literal = (text: string) => (text.includes("{{") ? `\`${fill(text)}\`` : JSON.stringify(text));

/** The JSON of the body as a value in JavaScript, with a template for each text that has a place. */
function literalOf(json: string): string {
  return json.replace(/"((?:[^"\\]|\\.)*)"/g, (text) =>
    text.includes("{{") ? `\`${fill(text.slice(1, -1))}\`` : text,
  );
}

const indented = (text: string, by: number) => text.replaceAll("\n", `\n${" ".repeat(by)}`);

/** The request as it is pasted into `node`, after `nodeBeginning`. */
export function nodeRequest({ method, address, proofs, hasKey, form, json, sets }: PastedRequest): string {
  const headers = [
    ...proofs.map((proof) => proofLines[proof]),
    ...(hasKey ? ['"Idempotency-Key": crypto.randomUUID(),'] : []),
    ...(json === undefined ? [] : ['"Content-Type": "application/json",']),
  ];
  const options = [
    ...(method === "GET" ? [] : [`method: "${method}",`]),
    ...(headers.length === 0 ? [] : [`headers: {\n    ${headers.join("\n    ")}\n  },`]),
    ...(form === undefined ? [] : [`body: new URLSearchParams(${literal(form)}),`]),
    ...(json === undefined ? [] : [`body: JSON.stringify(${indented(literalOf(json), 2)}),`]),
  ];
  const url = address.includes("{{") ? `\`\${API}${fill(address)}\`` : `API + ${literal(address)}`;
  const more = options.length === 0 ? "" : `, {\n  ${options.join("\n  ")}\n}`;
  // One statement: the prompt would read the line behind an `await` too early.
  const request = `await fetch(${url}${more}).then(show)`;
  if (sets.length === 0) return `${request};`;
  const variables = sets.map(([name, field]) => `${name} = result.${field};`).join(" ");
  return `${request}.then((result) => { ${variables} });`;
}
