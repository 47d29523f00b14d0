import type { Language } from "#shared/domain/vocabulary.ts";
import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import { exampleIds } from "../examples/example-values.ts";
import { callers } from "../openapi/callers.ts";
import type { Route } from "./parsed-documents.ts";

const bare = (address: string) => address.replace(/\/$/, "");

/** The first value of a field in a JSON answer, by what every shell has. */
const fieldOf = (name: string) => `grep -o '"${name}": *"[^"]*"' | head -1 | cut -d'"' -f4`;

/**
 * Finds `id:secret` of a local client by its name, or the first by the caller's kind: of agencies, the one in the
 * examples. Says who that is, or who there are.
 */
const localClient = `node -e 'let all = {}; const tell = (text) => (console.error(text), process.exit(1)), [who] = process.argv.slice(1);
    try { all = JSON.parse(fs.readFileSync(".local/endpoints.json")).clients; } catch {
      tell("No .local/endpoints.json here: run npm start and paste this again in its folder, or put FOAD_CLIENT=id:secret before as."); }
    const is = ([, c]) => c.scope === "foad/" + who && [undefined, "${exampleIds.agencyId}"].includes(c.agencyId);
    const [name, c] = Object.entries(all).find(([name]) => name === who) ?? Object.entries(all).find(is) ??
      tell("as whom? One of: front-end agency inspector overseer admin, or " + Object.keys(all).join(" "));
    console.error("as " + name + " (" + c.scope + ")"); console.log(c.clientId + ":" + c.clientSecret)'`;

/** What is pasted once, before any request: where the API is, a token for a kind of caller, and the case that is spoken of. */
export const terminal = `API=${bare(publicUrl)}
ISSUER=${bare(issuer)}
as() { local client; client=\${FOAD_CLIENT:-$(${localClient} "$1")}; [ -n "$client" ] || return 1
  TOKEN=$(curl -sS -u "$client" -d grant_type=client_credentials \\
    "$(curl -sS "$ISSUER/.well-known/openid-configuration" | ${fieldOf("token_endpoint")})" | ${fieldOf("access_token")})
  [ -n "$TOKEN" ] || echo "No token for \${client%%:*}: is its secret right?" >&2; }
as front-end
now() { curl -sS -o /dev/null -D - "$API/v1/catalog" | tr -d '\\r' | sed -n 's/^[Dd]ate: //p'; }
instant() { date -u -d "$(now)" +%FT%TZ 2>/dev/null || date -u -j -f '%a, %d %b %Y %T GMT' "$(now)" +%FT%TZ; }
DAY=$(date -u -d "$(now) next day" +%F 2>/dev/null || date -u -j -v+1d -f '%a, %d %b %Y %T GMT' "$(now)" +%F)
ID=${exampleIds.id} SECRET=${exampleIds.secret}`;

/** The rest of what paths name: what a request above has answered, or the example's. */
const inPath: Record<string, string> = {
  id: "$ID",
  attachmentId: "$ATTACHMENT",
  visitId: "$VISIT",
  date: "$DAY",
  sub: "inspector-1",
  subscriber: `agency:${exampleIds.agencyId}`,
};

/** Of routes that cannot be asked without. */
const queries: Record<string, string> = {
  "/v1/statistics": "?period=quarter&table=agency",
  "/v1/inspector/complaints": "?queue=disputed",
  "/v1/admin/performance": "?groupBy=agency",
  "/v1/mail/refusals": "?token=$MAIL_TOKEN",
};

/** What later requests name: variables, by the field of the answer that they keep. */
const kept: Record<string, Record<string, string>> = {
  "POST /v1/complaints": { ID: "id", SECRET: "secret" },
  "POST /v1/complaints/{id}/attachments": { ATTACHMENT: "attachmentId" },
  "POST /v1/inspector/complaints/{id}/visits": { VISIT: "visitId" },
};

const proofs = { token: '-H "Authorization: Bearer $TOKEN"', secret: '-H "Foad-Secret: $SECRET"' };

/** A request of the route as it is pasted into a shell, after `terminal`. */
export function curlOf({ method, path, operation }: Route, language: Language): string {
  const { proof } = callers[operation.tags[0]];
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => inPath[name] ?? "");
  const ways = [
    `curl -sS${method === "GET" ? "" : ` -X ${method}`} "$API${filled}${queries[path] ?? ""}"`,
    ...(proof ? [proofs[proof]] : []),
    ...(method === "POST" && proof ? ['-H "Idempotency-Key: $(date +%s)-$RANDOM"'] : []),
    ...sent(operation, language),
  ];
  return keeping(`${method} ${path}`, ways.join(" \\\n  "));
}

function sent({ requestBody }: Route["operation"], language: Language): string[] {
  const [contentType = "", content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const value = content?.examples?.[language]?.value;
  if (!content) return [];
  if (!contentType.includes("json")) return [`-d '${new URLSearchParams(Object(value))}'`];
  // A text may have an apostrophe, which would end a quotation.
  return ["-H 'Content-Type: application/json'", `-d @- <<JSON\n${timely(JSON.stringify(value, null, 2))}\nJSON`];
}

/** Planned or promised is for tomorrow, who arrived did so now, a period is today's until now: else it would be refused. */
function timely(body: string): string {
  return body
    .replace(/("(?:plannedAt|by)": ")\d{4}-\d{2}-\d{2}/g, "$1$${DAY}")
    .replace(/("(?:arrivedAt|until)": ")[^"]*/g, "$1$(instant)")
    .replace(/("since": ")[^"]*/g, "$1$(instant | cut -dT -f1)T00:00:00Z");
}

function keeping(routeKey: string, request: string): string {
  const variables = Object.entries(kept[routeKey] ?? {});
  if (variables.length === 0) return request;
  const lines = variables.map(([name, field]) => `${name}=$(echo "$ANSWER" | ${fieldOf(field)})`);
  return [`ANSWER=$(${request}\n)`, 'echo "$ANSWER"', ...lines].join("\n");
}
