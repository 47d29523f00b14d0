import { exampleIds } from "../examples/example-values.ts";
import { addresses, asWhom, fillPlaces, noEndpoints, type PastedRequest } from "./requests.ts";

/** A shell command that prints the first value of a field of a JSON answer. It uses only tools that every shell has. */
const fieldOf = (name: string) => `grep -o '"${name}": *"[^"]*"' | head -1 | cut -d'"' -f4`;

/**
 * A command that prints `id:secret` of a local client. It takes the client's name or a kind of caller; for a kind it takes the
 * first client, for `agency` the agency of the examples. On the error output it names the client, or lists all clients.
 */
const localClient = `node -e 'let all = {}; const tell = (text) => (console.error(text), process.exit(1)), [who] = process.argv.slice(1);
    try { all = JSON.parse(fs.readFileSync(".local/endpoints.json")).clients; } catch {
      tell("${noEndpoints}"); }
    const is = ([, c]) => c.scope === "foad/" + who && [undefined, "${exampleIds.agencyId}"].includes(c.agencyId);
    const [name, c] = Object.entries(all).find(([name]) => name === who) ?? Object.entries(all).find(is) ??
      tell("${asWhom}" + Object.keys(all).join(" "));
    console.error("as " + name + " (" + c.scope + ")"); console.log(c.clientId + ":" + c.clientSecret)'`;

/** Commands that a reader pastes once: the addresses, a function that gets a token, and the complaint of the examples. */
export const terminal = `API=${addresses.api}
ISSUER=${addresses.issuer}
as() { local client; client=\${FOAD_CLIENT_CREDENTIALS:-$(${localClient} "$1")}; [ -n "$client" ] || return 1
  TOKEN=$(curl -sS -u "$client" -d grant_type=client_credentials \\
    "$(curl -sS "$ISSUER/.well-known/openid-configuration" | ${fieldOf("token_endpoint")})" | ${fieldOf("access_token")})
  [ -n "$TOKEN" ] || echo "No token for \${client%%:*}: is its secret right?" >&2; }
as front-end
now() { curl -sS -o /dev/null -D - "$API/v1/catalog" | tr -d '\\r' | sed -n 's/^[Dd]ate: //p'; }
instant() { date -u -d "$(now)" +%FT%TZ 2>/dev/null || date -u -j -f '%a, %d %b %Y %T GMT' "$(now)" +%FT%TZ; }
DAY=$(date -u -d "$(now) next day" +%F 2>/dev/null || date -u -j -v+1d -f '%a, %d %b %Y %T GMT' "$(now)" +%F)
ID=${exampleIds.id} SECRET=${exampleIds.secret}`;

const proofLines = { token: '-H "Authorization: Bearer $TOKEN"', secret: '-H "Foad-Secret: $SECRET"' };

const written: Record<string, string> = { INSTANT: "$(instant)", MIDNIGHT: "$(instant | cut -dT -f1)T00:00:00Z" };
const fill = (text: string) => fillPlaces(text, (name) => written[name] ?? (name === "DAY" ? `\${DAY}` : `$${name}`));

/** The request as it is pasted into a shell, after `terminal`. */
export function shellRequest({ method, address, proofs, hasKey, form, json, sets }: PastedRequest): string {
  const lines = [
    `curl -sS${method === "GET" ? "" : ` -X ${method}`} "$API${fill(address)}"`,
    ...proofs.map((proof) => proofLines[proof]),
    ...(hasKey ? ['-H "Idempotency-Key: $(date +%s)-$RANDOM"'] : []),
    ...(form === undefined ? [] : [`-d '${form}'`]),
    // A text may have an apostrophe, which would end a string in single quotes.
    ...(json === undefined ? [] : ["-H 'Content-Type: application/json'", `-d @- <<JSON\n${fill(json)}\nJSON`]),
  ];
  const request = lines.join(" \\\n  ");
  if (sets.length === 0) return request;
  const variables = sets.map(([name, field]) => `${name}=$(echo "$ANSWER" | ${fieldOf(field)})`);
  return [`ANSWER=$(${request}\n)`, 'echo "$ANSWER"', ...variables].join("\n");
}
