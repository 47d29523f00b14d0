import { accessKeyId, region } from "../machine/aws-account.ts";

/** DynamoDB Local derives the account from the access key, and does not check the signature. */
const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=local`;

type DynamodbCall = { endpoint: string; target: string; body: unknown };
type DynamodbAnswer = { ok: true; value: unknown; error?: undefined } | { ok: false; error: string };

/**
 * One call in DynamoDB's own JSON: functions get a stream's records in that shape too, so nothing has to be translated.
 */
export async function callDynamodb({ endpoint, target, body }: DynamodbCall): Promise<DynamodbAnswer> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": target, authorization },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) return { ok: false, error: await response.text() };
  return { ok: true, value: await response.json() };
}
