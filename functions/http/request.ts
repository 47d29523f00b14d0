import type { APIGatewayProxyEventV2 } from "aws-lambda";
import Negotiator from "negotiator";
import type * as z from "zod";
import { toDotPath } from "zod/v4/core";
import { Fault, invalidFault } from "#shared/domain/fault.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { edgeHeaders } from "#shared/runtime/environment.ts";
import { fieldErrors, knownNames } from "./field-errors.ts";
import { jsonFault } from "./json-fault.ts";

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** An object or list that is being read: the names that it has so far, and the one or the number at which reading is. */
type Open = { names: Set<string>; at: string | number };

/**
 * The path of a name that stands twice in one object of a valid JSON text, such as `citizen.phone`: `JSON.parse` keeps the
 * last of them in silence.
 */
export function duplicateKey(json: string): string | undefined {
  const open: Open[] = [];
  let last = "";
  for (const [token] of json.matchAll(tokens)) {
    if (token === ":" && isRepeatedName(String(JSON.parse(last)), open.at(-1)))
      return toDotPath(open.map(({ at }) => at));
    followToken(open, token);
    last = token;
  }
  return undefined;
}

/** Notes the name that an object goes on with; whether it had it before. */
function isRepeatedName(name: string, object: Open | undefined): boolean {
  const isThere = object?.names.has(name) === true;
  if (object) object.at = name;
  object?.names.add(name);
  return isThere;
}

/** Into an object or list, out of it, or on to the next of a list. */
function followToken(open: Open[], token: string): void {
  if (token === "{") open.push({ names: new Set(), at: "" });
  if (token === "[") open.push({ names: new Set(), at: 0 });
  if (token === "}" || token === "]") open.pop();
  const inner = open.at(-1);
  if (token === "," && typeof inner?.at === "number") inner.at++;
}

/** Above the longest body any schema accepts: 144,000 bytes, an answer with twenty actions, all in JSON escapes. */
export const bodyLimit = 262_144;

export function header(event: APIGatewayProxyEventV2, name: string): string | undefined {
  return event.headers[name];
}

/** The origin of the address that was called. The edge calls the gateway by another one, and says which was called. */
export function originOf(event: APIGatewayProxyEventV2): string {
  const atEdge = process.env.FOAD_EDGE ? header(event, edgeHeaders.host) : undefined;
  const host = atEdge ?? header(event, "host") ?? event.requestContext.domainName;
  return `${header(event, "x-forwarded-proto") ?? "https"}://${host}`;
}

/** Where the page that explains every problem is found, by the address that was called. */
export const docsUrlOf = (event: APIGatewayProxyEventV2) => `${originOf(event)}/v1/docs`;

const negotiator = ({ headers }: APIGatewayProxyEventV2) => new Negotiator({ headers });

const languages: Language[] = ["fa", "en"];

/** The language that the caller prefers of Persian and English; Persian if neither is named. */
export function languageOf(event: APIGatewayProxyEventV2): Language {
  const named = negotiator(event).language(languages);
  return languages.find((language) => language === named) ?? "fa";
}

/** How a body is written, and the content types that say so. */
export const bodyTypes = {
  json: ["application/json"],
  form: ["application/x-www-form-urlencoded", "multipart/form-data"],
} as const;
export type BodyForm = keyof typeof bodyTypes;

/** UTF-8, and ASCII, which is a part of it. */
const charsets = ["utf-8", "utf8", "us-ascii"];

/** Whether a content type names another charset than UTF-8; most name none. */
function isOfOtherCharset(contentType: string): boolean {
  const [, named] = /;\s*charset\s*=\s*["']?([^\s"',;]+)/i.exec(contentType) ?? [];
  return named !== undefined && !charsets.includes(named.toLowerCase());
}

/**
 * What the gateway, and decoding base64, leave of a word whose bytes were no UTF-8. One or two of the character may come with what a
 * citizen pasted.
 */
const replacementCharacters = "\ufffd\ufffd\ufffd";

/** The body's text; refuses one that is compressed, is too large, by its content type is not of the form, or is not UTF-8. */
export function bodyText(event: APIGatewayProxyEventV2, form: BodyForm): string {
  const contentType = header(event, "content-type") ?? "";
  const [type] = contentType.split(";");
  const { body = "", isBase64Encoded } = event;
  const coding = header(event, "content-encoding")?.trim().toLowerCase() || "identity";
  if (coding !== "identity") throw new Fault("unsupported-media-type", { reason: "compressed-body" });
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
  if (Buffer.byteLength(text) > bodyLimit) throw new Fault("too-large", { values: { limit: String(bodyLimit) } });
  // A move that has nothing to say may be sent without a body, for which the gateway makes up a type where none was sent.
  if (form === "json" && !body) return "{}";
  if (!bodyTypes[form].some((one) => one === type?.trim().toLowerCase()))
    throw new Fault("unsupported-media-type", { values: { types: bodyTypes[form].join(", ") } });
  // Of forms only one word in ASCII is read, whatever charset a mail program names with it.
  if (form === "json" && isOfOtherCharset(contentType))
    throw new Fault("unsupported-media-type", { reason: "unsupported-charset" });
  if (text.includes(replacementCharacters)) throw invalidFault("", "not-utf-8");
  return text;
}

/** How an answer is compressed: by brotli where the caller accepts it, else by gzip where it accepts that. */
export type ContentCoding = "br" | "gzip" | "identity";

export function contentCodingOf(event: APIGatewayProxyEventV2): ContentCoding {
  // Without the header a caller accepts anything, but may not know brotli.
  if (!header(event, "accept-encoding")) return "identity";
  const accepted = negotiator(event).encodings(["br", "gzip"]);
  return (["br", "gzip"] as const).find((coding) => accepted.includes(coding)) ?? "identity";
}

/** The forms of an answer beside JSON, by content type. */
const otherForms = { csv: "text/csv", html: "text/html" } as const;
export type OtherForm = keyof typeof otherForms;
export type AnswerForm = "json" | OtherForm;

/** The form that the caller prefers where an answer has two; JSON where the caller prefers neither. */
export function answerFormOf(event: APIGatewayProxyEventV2, other: OtherForm | undefined): AnswerForm {
  if (!other) return "json";
  // Whether a type is asked for with parameters, such as a charset, makes no difference: each form has one type.
  const accept = header(event, "accept")?.replaceAll(/;\s*(?!q\s*=)[^;,]*/gi, "");
  const preferred = new Negotiator({ headers: { accept } }).mediaType(["application/json", otherForms[other]]);
  return preferred === otherForms[other] ? other : "json";
}

/** The fields of a form, of which one that stands twice counts as it stands last. */
export async function parseForm(event: APIGatewayProxyEventV2, text: string): Promise<unknown> {
  try {
    const form = new Response(text, { headers: { "content-type": header(event, "content-type") ?? "" } });
    return Object.fromEntries(await form.formData());
  } catch (cause) {
    throw invalidFault("", "wrong", { cause });
  }
}

export function parseJson(text: string): unknown {
  const json = parseJsonText(text);
  const path = duplicateKey(text);
  if (path !== undefined) throw invalidFault(path, "duplicate");
  return json;
}

/** One text of JSON, however its members are ordered, spaced and escaped: many encoders promise none of these. */
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

/** The value as the schema reads it; throws `invalid` with every field that is wrong. */
export function parseOrRefuse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true, error: knownNames });
  if (!result.success) throw new Fault("invalid", { errors: fieldErrors(result.error) });
  return result.data;
}

/**
 * The query as the schema reads it. Of a parameter that stands twice the gateway makes one value, joined by a comma, as
 * one value may be written too: only the query as it was sent tells them apart.
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
 * A key of 8 to 128 printable characters; the quotes of a structured header are not part of it. `undefined` is what
 * programs send that forgot to make one: all their filings of the same words would be one.
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
 * The tags in `If-Match` without their quotes, of which one must be that of the complaint's version; undefined where any
 * version will do: without the header, or by `*` (RFC 9110, 13.1.1). A bare number counts as its tag. A weak tag would
 * match nothing for ever, though the complaint has not changed, so the caller is told how a tag is written.
 */
export function readIfMatch(event: APIGatewayProxyEventV2): string[] | undefined {
  const raw = header(event, "if-match")?.trim();
  if (raw === undefined || raw === "*") return undefined;
  if (/^\d{1,9}$/.test(raw)) return [raw];
  if (!tags.test(raw)) throw invalidFault("If-Match", "entity-tag");
  return [...raw.matchAll(/"([^"]*)"/g)].map(([, opaque = ""]) => opaque);
}
