import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SignatureV4 } from "@smithy/signature-v4";

/** Takes a stack's protection away, as `aws cloudformation update-termination-protection` does: the CDK has no word for it. */
export async function withoutProtection(StackName: string): Promise<void> {
  const { region, credentials, sha256 } = new DynamoDBClient({}).config;
  const signer = new SignatureV4({ service: "cloudformation", region, credentials, sha256 });
  const endpoint = process.env.AWS_ENDPOINT_URL ?? `https://cloudformation.${await region()}.amazonaws.com`;
  const { protocol, hostname, port, host } = new URL(endpoint);
  const body = new URLSearchParams({
    Action: "UpdateTerminationProtection",
    Version: "2010-05-15",
    StackName,
    EnableTerminationProtection: "false",
  }).toString();
  const headers = { host, "content-type": "application/x-www-form-urlencoded" };
  const request = { method: "POST", protocol, hostname, port: Number(port) || undefined, path: "/", headers, body };
  const signed = await signer.sign({ ...request, query: {} } as Parameters<typeof signer.sign>[0]);
  const answer = await fetch(endpoint, { method: "POST", headers: signed.headers, body });
  if (!answer.ok) throw new Error(`${StackName} keeps its protection: ${await answer.text()}`);
}
