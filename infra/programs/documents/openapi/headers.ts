import type { Operation } from "#functions/http/route.ts";
import { isJson, type Json } from "../schemas/schemas.ts";

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "The same key again with the same body (its members in any order) changes nothing: a filing answers the same receipt, any other request the current view. A key is valid for 24 hours.",
  "x-description-fa":
    "تکرار همان کلید با همان بدنه چیزی را تغییر نمی‌دهد: ثبت همان رسید را می‌دهد و کارهای دیگر وضعیت کنونی را؛ اعتبار: ۲۴ ساعت.",
  schema: { type: "string", minLength: 8, maxLength: 128 },
  example: "5f0c1c1e-6f1b-4f0e-9d0a-3a1f5f1c2b7d",
};

/** Headers of requests, by the name that operations refer to. */
export const headerParameters = {
  AcceptLanguage: {
    name: "Accept-Language",
    in: "header",
    description: "The language of problems: Persian (`fa`, if silent) or English (`en`).",
    "x-description-fa": "زبان پیام خطاها: فارسی (fa، پیش‌فرض) یا انگلیسی (en).",
    schema: { type: "string" },
    examples: { fa: { value: "fa" }, en: { value: "en" } },
  },
  IdempotencyKey: idempotencyKey,
  RequiredIdempotencyKey: { ...idempotencyKey, required: true },
  IfMatch: {
    name: "If-Match",
    in: "header",
    description:
      "The `ETag` of the view on which the decision is based: its version in quotes. Several versions may be given, with commas between them; `*` stands for any version. An old version is refused with 412 `version-outdated`, a weak tag (`W/`) and a malformed tag with 400.",
    "x-description-fa":
      "مقدار ETag نمایی که بر پایهٔ آن تصمیم گرفته شده است: شمارهٔ نسخه در گیومهٔ لاتین. چند نسخه با ویرگول لاتین جدا می‌شوند و * به جای هر نسخه است. اگر کهنه باشد پاسخ ۴۱۲ است؛ اگر W/ پیش از آن باشد یا درست نوشته نشده باشد ۴۰۰ است.",
    schema: { type: "string" },
    example: '"3"',
  },
};

const parameter = (name: keyof typeof headerParameters) => ({ $ref: `#/components/parameters/${name}` });

/** The headers that a request of this route may carry. */
export function requestHeaders({ method, contract }: { method: string; contract: Operation["contract"] }): Json[] {
  const files = contract.problems?.includes("idempotency-key-missing") ?? false;
  const changes = contract.problems?.includes("version-outdated") ?? false;
  if (method === "PUT" && changes) return [parameter("AcceptLanguage"), parameter("IfMatch")];
  if (method !== "POST" || contract.bodyForm === "form") return [parameter("AcceptLanguage")];
  if (files) return [parameter("AcceptLanguage"), parameter("RequiredIdempotencyKey")];
  return [parameter("AcceptLanguage"), parameter("IdempotencyKey"), ...(changes ? [parameter("IfMatch")] : [])];
}

/** Headers of answers, by the name that operations refer to. */
export const answerHeaders = {
  ETag: { description: "The version of the view, for `If-Match`.", schema: { type: "string" }, example: '"3"' },
  ContentTag: {
    description:
      "The tag of the answer's bytes. If you send it as `If-None-Match`, the answer is 304 while nothing has changed.",
    schema: { type: "string" },
    example: '"9f86d081884c7d659a2feaa0c55ad015"',
  },
  Location: { description: "The address of the new resource.", schema: { type: "string", format: "uri-reference" } },
  RateLimitPolicy: {
    description: "The limit: `q` in each `w` seconds (draft-ietf-httpapi-ratelimit-headers-10).",
    schema: { type: "string" },
    example: '"filings";q=60;w=60',
  },
  RateLimit: {
    description:
      "`r`: what is left of the limit after this request; `t`: the seconds until all of it is available again. Without `t` an administrator has to lift the limit.",
    schema: { type: "string" },
    example: '"filings";r=41;t=23',
  },
  ContentLanguage: {
    description: "The language of the text for people: of a problem by `Accept-Language`, of a page also by `lang`.",
    schema: { type: "string", enum: ["fa", "en"] },
    example: "fa",
  },
  WWWAuthenticate: {
    description:
      "Sent by the gateway only: why it refused the token, which its body does not say. `Bearer` alone means that no token was sent (RFC 6750).",
    schema: { type: "string" },
    examples: {
      expired: {
        value: 'Bearer scope="foad/agency" error="invalid_token" error_description="the token has expired"',
      },
      scope: { value: 'Bearer scope="foad/agency" error="insufficient_scope"' },
    },
  },
  RetryAfter: { description: "Seconds to wait before the next try.", schema: { type: "integer", minimum: 1 } },
};

/** The names of answers that come with a `Location`. */
const answersWithLocation = ["Receipt", "UploadForm"];

/** The headers of answers to requests that count against a limit of the caller. */
export const quotaHeaders = {
  "RateLimit-Policy": { $ref: "#/components/headers/RateLimitPolicy" },
  RateLimit: { $ref: "#/components/headers/RateLimit" },
};

/** The header of answers that people read: problems and pages. */
export const languageHeader = { "Content-Language": { $ref: "#/components/headers/ContentLanguage" } };

type Answer = { name: string; schema: Json; cached: boolean; isLimited: boolean; isPage: boolean };

/** The headers of an answer: `Location` where something was made, `ETag` where the answer has a version. */
export function headersOf({ name, schema, cached, isLimited, isPage }: Answer): Json {
  const ofPage = isPage && languageHeader;
  if (cached) return { ETag: { $ref: "#/components/headers/ContentTag" }, ...ofPage };
  const hasVersion = name === "Deadlines" || (isJson(schema.properties) && "version" in schema.properties);
  return {
    ...(hasVersion && { ETag: { $ref: "#/components/headers/ETag" } }),
    ...(answersWithLocation.includes(name) && { Location: { $ref: "#/components/headers/Location" } }),
    ...(isLimited && quotaHeaders),
    ...ofPage,
  };
}
