import { meanings } from "./field-meanings.ts";
import { isJson, type Json } from "./json.ts";

/** What a field means: looked up with its parent, as `officer.name`, and else by its name alone. */
export function meaningOf(name: string, parent: string) {
  return meanings[`${parent}.${name}`] ?? meanings[name];
}

/** The schema with each field's meaning: in English as `description`, which tools show, and in Persian beside it. */
export function withMeanings(schema: Json, parent: string): Json {
  const inside = Object.entries(schema).map(([key, value]) => [key, descend({ key, value, parent })]);
  return Object.fromEntries(inside);
}

function descend({ key, value, parent }: { key: string; value: unknown; parent: string }): unknown {
  if (key === "properties" && isJson(value)) return fieldsWithMeanings(value, parent);
  if (Array.isArray(value)) return value.map((one) => (isJson(one) ? withMeanings(one, parent) : one));
  return isJson(value) && key !== "default" ? withMeanings(value, parent) : value;
}

function fieldsWithMeanings(properties: Json, parent: string): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [
      name,
      isJson(field) ? explained(field, { name, parent }) : field,
    ]),
  );
}

function explained(field: Json, { name, parent }: { name: string; parent: string }): Json {
  const meaning = meaningOf(name, parent);
  return { ...withMeanings(field, name), ...(meaning && { description: meaning.en, "x-description-fa": meaning.fa }) };
}
