import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { accessKeyId } from "../machine/aws-account.ts";
import { isSigned } from "../machine/signature.ts";

const Authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/[^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

type Call = { headers: IncomingHttpHeaders; body: string; secretAccessKey: string };

/**
 * What is wrong with the signature of a call; undefined where it is right. Its age
 * is not asked for: functions sign by the local cloud's clock, an operator by the machine's.
 */
export function refusalOfCall({ headers, body, secretAccessKey }: Call) {
  if (!headers.authorization) return refusal("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, accessKey, scope, date, names, signature] = Authorization.exec(headers.authorization) ?? [];
  if (!accessKey || !scope || !date || !names || !signature)
    return refusal("IncompleteSignatureException", "Authorization header is not in the form of AWS4-HMAC-SHA256.");
  if (accessKey !== accessKeyId)
    return refusal("UnrecognizedClientException", "The security token included in the request is invalid.");
  const signed = names.split(";").map((name) => `${name}:${canonicalValue(headers[name])}`);
  const canonical = ["POST", "/", "", ...signed, "", names, digest(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, digest(canonical)].join("\n");
  if (isSigned({ text, signature, secretAccessKey, date, service: "secretsmanager" })) return undefined;
  return refusal(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
  );
}

function refusal(type: string, message: string) {
  return { status: 403, body: { __type: type, message } };
}

function canonicalValue(value: string | string[] | undefined): string {
  return String(value ?? "")
    .trim()
    .replace(/\s+/g, " ");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
