import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { isJson, type Json } from "../openapi/json.ts";
import { nameIn } from "./document.ts";
import { prose } from "./prose.ts";
import { numberIn, type Word, wordsIn } from "./wording.ts";

const formats: Record<string, Word> = { "date-time": "instant", date: "day", email: "email", uri: "uri" };
const types: Record<string, Word> = {
  string: "text",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  object: "object",
  null: "null",
};

/** What kind of value a schema takes, and its limits, in words. */
export function kindOf(schema: Json, language: Language): Html {
  const say = wordsIn(language);
  const { $ref, enum: choices, const: only, type, items, anyOf, oneOf, default: silent } = schema;
  if (typeof $ref === "string") return html`<a href="#${nameIn($ref)}"><code>${nameIn($ref)}</code></a>`;
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`;
  const either = anyOf ?? oneOf;
  if (Array.isArray(either))
    return joined(
      either.filter(isJson).map((one) => kindOf(one, language)),
      " / ",
    );
  const otherwise = silent !== undefined && html`${say("comma")}${say("left")} <code>${JSON.stringify(silent)}</code>`;
  if (Array.isArray(choices))
    return html`${say("oneOf")} ${joined(
      choices.map((choice) => html`<code>${String(choice)}</code>`),
      " ",
    )}${otherwise}`;
  const range = limits(schema, language);
  if (type === "array" && isJson(items)) {
    const [before = "", after = ""] = say("array", { of: "\0" }).split("\0");
    return html`${before}${kindOf(items, language)}${after}${range}`;
  }
  const { format } = schema;
  const word = (typeof format === "string" && formats[format]) || types[String(type)] || "anything";
  return html`${prose(say(word))}${range}${otherwise}`;
}

function joined(all: Html[], between: string): Html {
  return html`${all.map((one, n) => html`${n > 0 && between}${one}`)}`;
}

/** Zod states the limits of safe integers for every whole number; from there on they are not worth telling. */
const endless = 2 ** 53 - 1;

function limits(
  { minimum, maximum, minLength, maxLength, minItems, maxItems, format }: Json,
  language: Language,
): string {
  const say = wordsIn(language);
  const written = format === undefined && rangeOf(minLength, maxLength, language);
  if (written) return ` (${say("characters", { range: written })})`;
  const entries = rangeOf(minItems, maxItems, language);
  if (entries) return ` (${say("entries", { range: entries })})`;
  const values = rangeOf(minimum, maximum, language);
  return values ? ` (${values})` : "";
}

function rangeOf(least: unknown, most: unknown, language: Language): string | undefined {
  const say = wordsIn(language);
  const from = typeof least === "number" && Math.abs(least) < endless ? numberIn(language, least) : undefined;
  const to = typeof most === "number" && Math.abs(most) < endless ? numberIn(language, most) : undefined;
  if (from !== undefined && to !== undefined) return say("between", { from, to });
  if (from !== undefined) return say("atLeast", { from });
  return to === undefined ? undefined : say("atMost", { to });
}
