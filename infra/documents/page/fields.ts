import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { isJson, type Json } from "../openapi/json.ts";
import { kindOf } from "./kinds.ts";
import { prose } from "./prose.ts";
import { wordsIn } from "./wording.ts";

/** One line of a list of fields. */
export type Field = { name: string; schema: Json; required: boolean; place?: string };

/** The fields of an object and, under names like `officer.name` and `actions[].text`, those of objects within it. */
export function fieldsOf(schema: Json, prefix = ""): Field[] {
  const { properties, required } = schema;
  const needed: unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(isJson(properties) ? properties : {}).flatMap(([name, field]) => {
    if (!isJson(field)) return [];
    const path = `${prefix}${name}`;
    const inner =
      field.type === "array" && isJson(field.items) ? { of: field.items, mark: "[]." } : { of: field, mark: "." };
    return [
      { name: path, schema: field, required: needed.includes(name) },
      ...fieldsOf(inner.of, `${path}${inner.mark}`),
    ];
  });
}

function meaningIn(language: Language, told: Json): string {
  const { description, "x-description-fa": persian } = told;
  return String((language === "fa" && persian) || (description ?? ""));
}

/** Fields as a list that reads on a phone too: name, kind and limits, meaning. */
export function fieldList(fields: Field[], language: Language): Html {
  if (fields.length === 0) return html``;
  return html`<dl class="fields">${fields.map((field) => fieldLine(field, language))}</dl>`;
}

function fieldLine({ name, schema, required, place }: Field, language: Language): Html {
  const mark = required && html` <b class="required">${wordsIn(language)("required")}</b>`;
  return html`<div><dt><code>${name}</code>${mark}${place && html` <small>${place}</small>`}</dt><dd>${prose(meaningIn(language, schema))} <span class="kind">${kindOf(schema, language)}</span></dd></div>`;
}

/** What a named schema holds. */
export function shape(schema: Json, language: Language): Html {
  return isJson(schema.properties) ? fieldList(fieldsOf(schema), language) : html`<p>${kindOf(schema, language)}</p>`;
}
