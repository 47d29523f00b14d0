import type { Language } from "#shared/domain/vocabulary.ts";
import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import { exampleIds, personSub } from "../examples/example-values.ts";
import type { Route } from "./parsed-documents.ts";

const bare = (address: string) => address.replace(/\/$/, "");

/** A shell command that prints the first value of a field of a JSON answer. It uses only tools that every shell has. */
const fieldOf = (name: string) => `grep -o '"${name}": *"[^"]*"' | head -1 | cut -d'"' -f4`;

/**
 * A command that prints `id:secret` of a local client. It takes the client's name or a kind of caller; for a kind it takes the
 * first client, for `agency` the agency of the examples. On the error output it names the client, or lists all clients.
 */
const localClient = `node -e 'let all = {}; const tell = (text) => (console.error(text), process.exit(1)), [who] = process.argv.slice(1);
    try { all = JSON.parse(fs.readFileSync(".local/endpoints.json")).clients; } catch {
      tell("No .local/endpoints.json here: run npm start and paste this again in its folder, or put FOAD_CLIENT_CREDENTIALS=id:secret before as."); }
    const is = ([, c]) => c.scope === "foad/" + who && [undefined, "${exampleIds.agencyId}"].includes(c.agencyId);
    const [name, c] = Object.entries(all).find(([name]) => name === who) ?? Object.entries(all).find(is) ??
      tell("as whom? One of: front-end agency inspector overseer admin, or " + Object.keys(all).join(" "));
    console.error("as " + name + " (" + c.scope + ")"); console.log(c.clientId + ":" + c.clientSecret)'`;

/** Commands that a reader pastes once: the addresses, a function that gets a token, and the complaint of the examples. */
export const terminal = `API=${bare(publicUrl)}
ISSUER=${bare(issuer)}
as() { local client; client=\${FOAD_CLIENT_CREDENTIALS:-$(${localClient} "$1")}; [ -n "$client" ] || return 1
  TOKEN=$(curl -sS -u "$client" -d grant_type=client_credentials \\
    "$(curl -sS "$ISSUER/.well-known/openid-configuration" | ${fieldOf("token_endpoint")})" | ${fieldOf("access_token")})
  [ -n "$TOKEN" ] || echo "No token for \${client%%:*}: is its secret right?" >&2; }
as front-end
now() { curl -sS -o /dev/null -D - "$API/v1/catalog" | tr -d '\\r' | sed -n 's/^[Dd]ate: //p'; }
instant() { date -u -d "$(now)" +%FT%TZ 2>/dev/null || date -u -j -f '%a, %d %b %Y %T GMT' "$(now)" +%FT%TZ; }
DAY=$(date -u -d "$(now) next day" +%F 2>/dev/null || date -u -j -v+1d -f '%a, %d %b %Y %T GMT' "$(now)" +%F)
ID=${exampleIds.id} SECRET=${exampleIds.secret}`;

/** Values of path parameters: shell variables that earlier commands set, or values of the examples. */
const pathValues: Record<string, string> = {
  id: "$ID",
  attachmentId: "$ATTACHMENT",
  visitId: "$VISIT",
  date: "$DAY",
  sub: "inspector-1",
  subscriber: `agency:${exampleIds.agencyId}`,
};

/** Query strings of routes that require parameters. */
const queries: Record<string, string> = {
  "/v1/statistics": "?period=quarter&table=agency",
  "/v1/inspector/complaints": "?queue=disputed",
  "/v1/admin/performance": "?groupBy=agency",
  "/v1/mail/unsubscribe": "?token=$MAIL_TOKEN",
};

/** Shell variables that later requests use, each with the field of the answer that sets it. */
const answerVariables: Record<string, Record<string, string>> = {
  "POST /v1/complaints": { ID: "id", SECRET: "secret" },
  "POST /v1/complaints/{id}/attachments": { ATTACHMENT: "attachmentId" },
  "POST /v1/inspector/complaints/{id}/visits": { VISIT: "visitId" },
};

const proofs = { token: '-H "Authorization: Bearer $TOKEN"', secret: '-H "Foad-Secret: $SECRET"' };

/** A request of the route as it is pasted into a shell, after `terminal`. */
export function curlOf({ method, path, operation }: Route, language: Language): string {
  const given = operation.security.flatMap(Object.keys) as (keyof typeof proofs)[];
  const values = path.startsWith("/v1/admin/people") ? { sub: personSub } : pathValues;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name as keyof typeof values] ?? "");
  const lines = [
    `curl -sS${method === "GET" ? "" : ` -X ${method}`} "$API${filled}${queries[path] ?? ""}"`,
    ...given.map((proof) => proofs[proof]),
    ...(method === "POST" && given.length > 0 ? ['-H "Idempotency-Key: $(date +%s)-$RANDOM"'] : []),
    ...bodyLines(operation, language),
  ];
  return withAnswerVariables(`${method} ${path}`, lines.join(" \\\n  "));
}

function bodyLines({ requestBody }: Route["operation"], language: Language): string[] {
  const [contentType = "", content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const value = content?.examples?.[language]?.value;
  if (!content) return [];
  if (!contentType.includes("json")) return [`-d '${new URLSearchParams(Object(value))}'`];
  // A text may have an apostrophe, which would end a string in single quotes.
  return [
    "-H 'Content-Type: application/json'",
    `-d @- <<JSON\n${withPresentDates(JSON.stringify(value, null, 2))}\nJSON`,
  ];
}

/** Replaces dates of the example, which the API would refuse: a plan is for tomorrow, an arrival is now, a period is today. */
function withPresentDates(body: string): string {
  return body
    .replace(/("(?:plannedAt|dueOn)": ")\d{4}-\d{2}-\d{2}/g, "$1$${DAY}")
    .replace(/("(?:arrivedAt|until)": ")[^"]*/g, "$1$(instant)")
    .replace(/("since": ")[^"]*/g, "$1$(instant | cut -dT -f1)T00:00:00Z");
}

function withAnswerVariables(routeKey: string, request: string): string {
  const variables = Object.entries(answerVariables[routeKey] ?? {});
  if (variables.length === 0) return request;
  const lines = variables.map(([name, field]) => `${name}=$(echo "$ANSWER" | ${fieldOf(field)})`);
  return [`ANSWER=$(${request}\n)`, 'echo "$ANSWER"', ...lines].join("\n");
}
