/** A PDF's name, without its slash and with its #xx undone, one character for each byte. */
export type Name = { name: string };
export type Ref = { ref: number };
/** A string, as bytes: its encoding is known only to whoever reads it. */
export type Text = { text: Uint8Array };
export type Dict = Map<string, Value>;
export type Stream = { dict: Dict; body: Uint8Array };
export type Value = null | boolean | number | Name | Ref | Text | Value[] | Dict | Stream;

export function nameOf(value: Value | undefined): string | undefined {
  return typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
}

export function isRef(value: Value): value is Ref {
  return typeof value === "object" && value !== null && "ref" in value;
}

export function isText(value: Value): value is Text {
  return typeof value === "object" && value !== null && "text" in value;
}

export function isDict(value: Value | undefined): value is Dict {
  return value instanceof Map;
}

export function isStream(value: Value): value is Stream {
  return typeof value === "object" && value !== null && "body" in value;
}

/** A dictionary, also that of a stream. */
export function dictOf(value: Value): Dict | undefined {
  if (isDict(value)) return value;
  return isStream(value) ? value.dict : undefined;
}
