import { createHash } from "node:crypto";
import { accessKeyId, region } from "../machine/aws-account.ts";
import { isSigned } from "../machine/signature.ts";
import { denied, mismatch, type Refusal } from "./refusal.ts";

type Signed = {
  text: string;
  /** `<access key>/<yyyymmdd>/<region>/s3/aws4_request`, as it was sent. */
  credential: string;
  signature: string;
  secretAccessKey: string;
};

/** What is wrong with a version 4 signature of the local cloud's one key; undefined where it is right. */
export function refusalOfSignature({ text, credential, signature, secretAccessKey }: Signed): Refusal | undefined {
  const [accessKey, date = "", ...scope] = credential.split("/");
  if (accessKey !== accessKeyId)
    return {
      status: 403,
      code: "InvalidAccessKeyId",
      message: "The AWS Access Key Id you provided does not exist in our records.",
    };
  if (scope.join("/") !== `${region}/s3/aws4_request`)
    return { status: 400, code: "AuthorizationQueryParametersError", message: "Error parsing the X-Amz-Credential." };
  return isSigned({ text, signature, secretAccessKey, date, service: "s3" }) ? undefined : mismatch;
}

type Presigned = {
  method: string;
  url: URL;
  headers: Record<string, string | string[] | undefined>;
  now: number;
  secretAccessKey: string;
};

/** What is wrong with a presigned address, on the local cloud's clock; undefined where it may be served. */
export function refusalOfPresigned({ method, url, headers, now, secretAccessKey }: Presigned): Refusal | undefined {
  const asked = (name: string) => url.searchParams.get(name) ?? "";
  const date = asked("X-Amz-Date");
  const signedAt = instantOf(date);
  if (Number.isNaN(signedAt) || !/^\d{1,6}$/.test(asked("X-Amz-Expires"))) return denied("Access Denied");
  const credential = asked("X-Amz-Credential");
  const scope = credential.split("/").slice(1).join("/");
  const signedHeaders = asked("X-Amz-SignedHeaders").split(";");
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url),
    ...signedHeaders.map((name) => `${name}:${String(headers[name] ?? "").trim()}`),
    "",
    signedHeaders.join(";"),
    "UNSIGNED-PAYLOAD",
  ].join("\n");
  const digest = createHash("sha256").update(canonical).digest("hex");
  const text = ["AWS4-HMAC-SHA256", date, scope, digest].join("\n");
  const refusal = refusalOfSignature({ text, credential, signature: asked("X-Amz-Signature"), secretAccessKey });
  if (refusal) return refusal;
  if (signedAt > now + 15 * 60_000) return denied("Request is not valid yet");
  return now > signedAt + Number(asked("X-Amz-Expires")) * 1_000 ? denied("Request has expired") : undefined;
}

/** An instant as `X-Amz-Date` writes it, `20261125T081500Z`; NaN where it is none. */
function instantOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

function canonicalQuery({ searchParams }: URL): string {
  return [...searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
