import type { APIGatewayProxyEventV2 } from "aws-lambda";
import Negotiator from "negotiator";
import type * as z from "zod";
import { toDotPath } from "zod/v4/core";
import { Fault, invalidFault } from "#shared/fault.ts";
import { edgeHeaders } from "#shared/runtime/environment.ts";
import type { Language } from "#shared/vocabulary.ts";
import { fieldErrors, namesOfKnownFields } from "./field-errors.ts";
import { jsonFault } from "./json-fault.ts";

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** An object or list that is being read. `names`: the names read so far; `at`: the current name, or the current index. */
type OpenContainer = { names: Set<string>; at: string | number };

/**
 * Finds a name that stands twice in one object of a valid JSON text, and returns its path, such as `citizen.phone`. Undefined
 * where there is none. `JSON.parse` would keep the last value without an error.
 */
export function duplicateKey(json: string): string | undefined {
  const open: OpenContainer[] = [];
  let last = "";
  for (const [token] of json.matchAll(tokens)) {
    if (token === ":" && isRepeatedName(String(JSON.parse(last)), open.at(-1)))
      return toDotPath(open.map(({ at }) => at));
    followToken(open, token);
    last = token;
  }
  return undefined;
}

/** Adds a name to the object that is being read. Returns whether the object had the name already. */
function isRepeatedName(name: string, object: OpenContainer | undefined): boolean {
  const isRepeated = object?.names.has(name) === true;
  if (object) object.at = name;
  object?.names.add(name);
  return isRepeated;
}

/** Follows one token: into an object or list, out of it, or to the next item of a list. */
function followToken(open: OpenContainer[], token: string): void {
  if (token === "{") open.push({ names: new Set(), at: "" });
  if (token === "[") open.push({ names: new Set(), at: 0 });
  if (token === "}" || token === "]") open.pop();
  const inner = open.at(-1);
  if (token === "," && typeof inner?.at === "number") inner.at++;
}

/**
 * Bytes. The longest body that any schema accepts has 144,000 bytes: an answer with twenty actions, with every character
 * written as a JSON escape.
 */
export const bodyLimit = 262_144;

export function header(event: APIGatewayProxyEventV2, name: string): string | undefined {
  return event.headers[name];
}

/**
 * The scheme and host that the caller used. The edge calls the gateway by another host, and names the caller's host in a
 * header.
 */
export function originOf(event: APIGatewayProxyEventV2): string {
  const atEdge = process.env.FOAD_EDGE_REQUIRED ? header(event, edgeHeaders.host) : undefined;
  const host = atEdge ?? header(event, "host") ?? event.requestContext.domainName;
  return `${header(event, "x-forwarded-proto") ?? "https"}://${host}`;
}

/** The URL of the page that explains every problem, at the host that the caller used. */
export const docsUrlOf = (event: APIGatewayProxyEventV2) => `${originOf(event)}/v1/docs`;

const negotiator = ({ headers }: APIGatewayProxyEventV2) => new Negotiator({ headers });

const languages: Language[] = ["fa", "en"];

/** The caller's preferred language, Persian or English; Persian where the caller names neither. */
export function languageOf(event: APIGatewayProxyEventV2): Language {
  const named = negotiator(event).language(languages);
  return languages.find((language) => language === named) ?? "fa";
}

/** The encodings of a body, with their content types. */
export const bodyTypes = {
  json: ["application/json"],
  form: ["application/x-www-form-urlencoded", "multipart/form-data"],
} as const;
export type BodyForm = keyof typeof bodyTypes;

/** The names of UTF-8, and ASCII, which is a subset of it. */
const charsets = ["utf-8", "utf8", "us-ascii"];

/** Whether a content type names a charset other than UTF-8. Most content types name none. */
function isOfOtherCharset(contentType: string): boolean {
  const [, named] = /;\s*charset\s*=\s*["']?([^\s"',;]+)/i.exec(contentType) ?? [];
  return named !== undefined && !charsets.includes(named.toLowerCase());
}

/**
 * The gateway and the base64 decoder replace bytes that are not UTF-8 by this character. Three in a row mean a body in another
 * encoding. One or two may come from a text that the citizen pasted.
 */
const replacementCharacters = "\ufffd\ufffd\ufffd";

/**
 * The text of a request's body. Throws `unsupported-media-type` for a compressed body, a wrong content type or another
 * charset, `too-large` above `bodyLimit`, and `invalid` if the text is not UTF-8.
 */
export function bodyText(event: APIGatewayProxyEventV2, form: BodyForm): string {
  const contentType = header(event, "content-type") ?? "";
  const [type] = contentType.split(";");
  const { body = "", isBase64Encoded } = event;
  const coding = header(event, "content-encoding")?.trim().toLowerCase() || "identity";
  if (coding !== "identity") throw new Fault("unsupported-media-type", { reason: "compressed-body" });
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
  if (Buffer.byteLength(text) > bodyLimit) throw new Fault("too-large", { values: { limit: String(bodyLimit) } });
  // A move without fields may be sent without a body. The content type is not checked then: the gateway may have added it.
  if (form === "json" && !body) return "{}";
  if (!bodyTypes[form].some((one) => one === type?.trim().toLowerCase()))
    throw new Fault("unsupported-media-type", { values: { types: bodyTypes[form].join(", ") } });
  // A form is accepted with any charset, since mail programs name various ones: only one ASCII word is read from it.
  if (form === "json" && isOfOtherCharset(contentType))
    throw new Fault("unsupported-media-type", { reason: "unsupported-charset" });
  if (text.includes(replacementCharacters)) throw invalidFault("", "not-utf-8");
  return text;
}

/** The compression of an answer: brotli where the caller accepts it, otherwise gzip, otherwise none. */
export type ContentCoding = "br" | "gzip" | "identity";

export function contentCodingOf(event: APIGatewayProxyEventV2): ContentCoding {
  // By the standard, a caller without the header accepts every compression. Many of these callers cannot read brotli.
  if (!header(event, "accept-encoding")) return "identity";
  const accepted = negotiator(event).encodings(["br", "gzip"]);
  return (["br", "gzip"] as const).find((coding) => accepted.includes(coding)) ?? "identity";
}

/** The content types of an answer's other forms than JSON. */
const otherForms = { csv: "text/csv", html: "text/html" } as const;
export type OtherForm = keyof typeof otherForms;
export type AnswerForm = "json" | OtherForm;

/** The form that the caller prefers, for an answer with two forms; JSON where the caller prefers neither. */
export function answerFormOf(event: APIGatewayProxyEventV2, other: OtherForm | undefined): AnswerForm {
  if (!other) return "json";
  // Parameters of a type, such as a charset, are ignored.
  const accept = header(event, "accept")?.replaceAll(/;\s*(?!q\s*=)[^;,]*/gi, "");
  const preferred = new Negotiator({ headers: { accept } }).mediaType(["application/json", otherForms[other]]);
  return preferred === otherForms[other] ? other : "json";
}

/** The fields of a form. The last value counts if a field stands twice. Throws `invalid` if the form cannot be read. */
export async function parseForm(event: APIGatewayProxyEventV2, text: string): Promise<unknown> {
  try {
    const form = new Response(text, { headers: { "content-type": header(event, "content-type") ?? "" } });
    return Object.fromEntries(await form.formData());
  } catch (cause) {
    throw invalidFault("", "wrong", { cause });
  }
}

/** Parses JSON. Throws `invalid` for a text that is not JSON, or that has a name twice in one object. */
export function parseJson(text: string): unknown {
  const json = parseJsonText(text);
  const path = duplicateKey(text);
  if (path !== undefined) throw invalidFault(path, "duplicate");
  return json;
}

/**
 * Writes JSON with sorted names, so that equal values give equal texts. Encoders differ in order, spaces and escapes, and a
 * repeated request must be recognized all the same.
 */
export function canonicalJson(json: unknown): string {
  return JSON.stringify(json, (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidFault("", "not-json", { values: jsonFault(text), cause });
  }
}

/** Parses a value with a schema. Throws `invalid` with an error for each wrong field. */
export function parseOrRefuse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true, error: namesOfKnownFields });
  if (!result.success) throw new Fault("invalid", { errors: fieldErrors(result.error) });
  return result.data;
}

/**
 * Parses the query with a schema. A parameter that stands twice is refused. The gateway joins the two values with a comma, so
 * only the raw query shows that there were two.
 */
export function readQuery<S extends z.ZodType>(schema: S, event: APIGatewayProxyEventV2): z.output<S> {
  const names = new Set<string>();
  for (const name of new URLSearchParams(event.rawQueryString).keys()) {
    if (names.has(name)) throw invalidFault(toDotPath([name]), "duplicate");
    names.add(name);
  }
  return parseOrRefuse(schema, event.queryStringParameters ?? {});
}

/**
 * The idempotency key: 8 to 128 printable ASCII characters. Quotes around it, as in a structured header, are removed. The key
 * `undefined` is refused: faulty programs send it with every request, and equal filings of different citizens would count as
 * one.
 */
export function readIdempotencyKey(event: APIGatewayProxyEventV2): string | undefined {
  const raw = header(event, "idempotency-key");
  if (raw === undefined || raw === "") return undefined;
  const key = /^"(.*)"$/.exec(raw)?.[1] ?? raw;
  if (!/^(?!undefined$)[\x21-\x7e]{8,128}$/.test(key)) throw invalidFault("Idempotency-Key", "idempotency-key");
  return key;
}

const tag = String.raw`"[\x21\x23-\x7e]*"`;
const tags = new RegExp(`^${tag}(?:\\s*,\\s*${tag})*$`);

/**
 * The entity tags in `If-Match` without quotes (RFC 9110, 13.1.1). One of them must be the complaint's version. Undefined if
 * any version is accepted: without the header, or with `*`. A bare number is accepted as a tag. Throws `invalid` for
 * anything else, a weak tag too: it would never match, even if the complaint has not changed.
 */
export function readIfMatch(event: APIGatewayProxyEventV2): string[] | undefined {
  const raw = header(event, "if-match")?.trim();
  if (raw === undefined || raw === "*") return undefined;
  if (/^\d{1,9}$/.test(raw)) return [raw];
  if (!tags.test(raw)) throw invalidFault("If-Match", "entity-tag");
  return [...raw.matchAll(/"([^"]*)"/g)].map(([, opaque = ""]) => opaque);
}
