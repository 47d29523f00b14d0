import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import * as z from "zod";
import { accessKeyId, isSigned, region } from "../machine/aws-account.ts";
import { parseJson } from "../machine/http-server.ts";

/** An error answer of S3. `fields`: elements that some codes have in addition to the message. */
export type Refusal = { status: number; code: string; message: string; fields?: Record<string, string | number> };

export const denied = (message: string): Refusal => ({ status: 403, code: "AccessDenied", message });

const mismatch: Refusal = {
  status: 403,
  code: "SignatureDoesNotMatch",
  message:
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
};

export function sendRefusal(response: ServerResponse, { status, code, message, fields = {} }: Refusal): void {
  const elements = Object.entries({ Code: code, Message: message, ...fields });
  const inner = elements.map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`).join("");
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}<RequestId>local</RequestId></Error>`;
  response.writeHead(status, { "content-type": "application/xml", "content-length": Buffer.byteLength(xml) });
  response.end(xml);
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

type Signed = {
  text: string;
  /** `<access key>/<yyyymmdd>/<region>/s3/aws4_request`, as it was sent. */
  credential: string;
  signature: string;
  secretAccessKey: string;
};

/** Returns the refusal of an invalid Signature Version 4; undefined if it is valid for the local cloud's only key. */
function refusalOfSignature({ text, credential, signature, secretAccessKey }: Signed): Refusal | undefined {
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

/** Returns the refusal of a presigned URL, by the local cloud's clock; undefined if it is valid. */
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

/** Parses an instant in the form of `X-Amz-Date`, `20261125T081500Z`; NaN if it has another form. */
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

/** An upload as a browser's form sends it. */
export type Form = {
  /** The fields by lower-case name, as S3 compares them. */
  fields: Map<string, string>;
  file: Buffer;
};

/**
 * Returns the file of a form and the fields before it; later fields are ignored. Undefined if the body is no form with a
 * file.
 */
export async function readForm(body: Buffer, contentType: string): Promise<Form | undefined> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } })
    .formData()
    .catch(() => undefined);
  const fields = new Map<string, string>();
  for (const [name, value] of form ?? []) {
    const isFile = typeof value !== "string" || name.toLowerCase() === "file";
    if (isFile) return { fields, file: Buffer.from(await new Blob([value]).arrayBuffer()) };
    fields.set(name.toLowerCase(), value);
  }
  return undefined;
}

const Exact = z.record(z.string(), z.string()).refine((fields) => Object.keys(fields).length === 1);
const Comparison = z.tuple([z.enum(["eq", "starts-with"]), z.string().startsWith("$"), z.string()]);
const Range = z.tuple([z.literal("content-length-range"), z.coerce.number(), z.coerce.number()]);
const Policy = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(z.union([Range, Comparison, Exact.transform(asComparison)])),
});
type Policy = z.infer<typeof Policy>;
type Comparison = z.infer<typeof Comparison>;
type Range = z.infer<typeof Range>;

type Posted = { form: Form; bucket: string; now: number; secretAccessKey: string };
type Checked = Posted & { policy: Policy };

/**
 * Returns the refusal of a form: for its signature, its age, an unmet condition, a field that no condition names, or its
 * size.
 */
export function refusalOfForm(posted: Posted): Refusal | undefined {
  const { fields } = posted.form;
  const text = fields.get("policy");
  if (text === undefined || fields.get("x-amz-algorithm") !== "AWS4-HMAC-SHA256") return denied("Access Denied");
  const signature = fields.get("x-amz-signature") ?? "";
  const credential = fields.get("x-amz-credential") ?? "";
  const forged = refusalOfSignature({ text, credential, signature, secretAccessKey: posted.secretAccessKey });
  if (forged) return forged;
  const policy = Policy.safeParse(parseJson(Buffer.from(text, "base64").toString("utf8"))).data;
  if (!policy) return { status: 400, code: "InvalidPolicyDocument", message: "Invalid Policy: Invalid JSON." };
  const checked = { ...posted, policy };
  return refusalOfAge(checked) ?? refusalOfConditions(checked) ?? refusalOfExtras(checked) ?? refusalOfSize(checked);
}

function asComparison(fields: Record<string, string>): Comparison {
  const [[name, value] = ["", ""]] = Object.entries(fields);
  return ["eq", `$${name}`, value];
}

function refusalOfAge({ policy, now }: Checked): Refusal | undefined {
  return now > Date.parse(policy.expiration) ? denied("Invalid according to Policy: Policy expired.") : undefined;
}

const meets: Record<Comparison[0], (value: string, wanted: string) => boolean> = {
  eq: (value, wanted) => value === wanted,
  "starts-with": (value, wanted) => value.startsWith(wanted),
};

function refusalOfConditions({ policy, form, bucket }: Checked): Refusal | undefined {
  const given = (name: string) => (name === "bucket" ? bucket : (form.fields.get(name) ?? ""));
  const unmet = comparisonsOf(policy).find(
    ([operator, field, wanted]) => !meets[operator](given(nameOf(field)), wanted),
  );
  return unmet && denied(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(unmet)}`);
}

const exempt = new Set(["policy", "x-amz-signature", "file"]);

/** Refuses fields that no condition names, because they could change the stored object. */
function refusalOfExtras({ policy, form }: Checked): Refusal | undefined {
  const named = new Set(comparisonsOf(policy).map(([, field]) => nameOf(field)));
  const extras = [...form.fields.keys()].filter(
    (name) => !named.has(name) && !exempt.has(name) && !name.startsWith("x-ignore-"),
  );
  return extras.length > 0
    ? denied(`Invalid according to Policy: Extra input fields: ${extras.join(", ")}`)
    : undefined;
}

function refusalOfSize({ policy, form: { file } }: Checked): Refusal | undefined {
  for (const [, min, max] of policy.conditions.filter(isRange)) {
    if (file.length > max) return tooLarge({ size: file.length, max });
    if (file.length < min) return tooSmall({ size: file.length, min });
  }
  return undefined;
}

export function tooLarge({ size, max }: { size: number; max: number }): Refusal {
  const message = "Your proposed upload exceeds the maximum allowed size";
  return { status: 400, code: "EntityTooLarge", message, fields: { ProposedSize: size, MaxSizeAllowed: max } };
}

function tooSmall({ size, min }: { size: number; min: number }): Refusal {
  const message = "Your proposed upload is smaller than the minimum allowed size";
  return { status: 400, code: "EntityTooSmall", message, fields: { ProposedSize: size, MinSizeAllowed: min } };
}

const isRange = (condition: Range | Comparison): condition is Range => condition[0] === "content-length-range";

function comparisonsOf({ conditions }: Policy): Comparison[] {
  return conditions.filter((condition) => !isRange(condition));
}

const nameOf = (field: string) => field.slice(1).toLowerCase();
