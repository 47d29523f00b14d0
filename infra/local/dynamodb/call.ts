import { region } from "../machine/place.ts";

/** DynamoDB Local takes the account from the key id, and any signature. */
const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=local`;

type Call = { endpoint: string; target: string; body: unknown };
type Answer = { ok: true; value: unknown; error?: undefined } | { ok: false; error: string };

/** One call in DynamoDB's own JSON, which is also the shape in which a stream's records reach a function. */
export async function callDynamodb({ endpoint, target, body }: Call): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": target, authorization },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) return { ok: false, error: await response.text() };
  return { ok: true, value: await response.json() };
}
