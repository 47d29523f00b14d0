import fc from "fast-check";

/** What no field takes, and what some take by a hair. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, 0.1, "", " ", "\u0000", "\ud800", "\u202e\u200f", [], {}),
  fc.constantFrom("9".repeat(5_000), "سلام ".repeat(1_500), "__proto__", "constructor", "<script>", "'; --", "%00"),
  fc.constantFrom("2026-02-30T00:00:00Z", "2026-11-25", "PT3H", "0012345679", "+98912", "a@b", "QZ-7K3M-9XPT-Q"),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.integer({ min: 1, max: 200 }).map((depth) => nested(depth)),
);

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => [inner], "deep");
}

type Edit = { at: number; junk: unknown; kind: "replace" | "remove" | "add" };
const edit = fc.record({ at: fc.nat(50), junk, kind: fc.constantFrom("replace", "replace", "remove", "add") });

/** A body that was right, with a few of its fields not so any more. */
export function malformedBody(body: unknown): fc.Arbitrary<unknown> {
  return fc.array(edit, { maxLength: 3 }).map((edits) => edits.reduce(withEdit, structuredClone(body)));
}

function withEdit(body: unknown, { at, junk, kind }: Edit): unknown {
  const fields = fieldsOf(body);
  const field = fields[at % (fields.length + 1)];
  if (!field) return kind === "replace" ? junk : body;
  const { authority, name } = field;
  if (kind === "remove") delete authority[name];
  else authority[kind === "add" ? `${name}X` : name] = junk;
  return body;
}

type Holder = Record<string, unknown>;

/** Every field of a body, however deep it stands. */
function fieldsOf(value: unknown): { authority: Holder; name: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const authority = value as Holder;
  return Object.keys(authority).flatMap((name) => [{ authority, name }, ...fieldsOf(authority[name])]);
}

/** What is sent in a body's place: its text with duplicated keys, cut short, in other encodings, or far too large. */
export function malformedText(body: unknown, contentType: string): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  const isForm = contentType.includes("form");
  const text = (isForm ? formOf(body) : JSON.stringify(body)) ?? "";
  const bytes = (values: number[]) => new Uint8Array(values);
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(text) },
    fc.nat(text.length).map((end) => text.slice(0, end)),
    fc.constant(text.replace("{", `{"agencyId":"gas",${text.slice(1, -1)}${text.length > 2 ? "," : ""}`)),
    fc.constant(`\ufeff${text}`),
    fc.constant(new Uint8Array(Buffer.from(text, "utf16le"))),
    fc.uint8Array({ maxLength: 200 }).map((some) => bytes([...some])),
    fc.constantFrom(
      "",
      "null",
      "[]",
      "1",
      "{",
      '"',
      "{}{}",
      `${"[".repeat(5_000)}`,
      `{"text":"${"ا".repeat(140_000)}"}`,
    ),
  );
}

/** As forms say it: each field a text. */
export const formOf = (body: unknown) =>
  String(
    new URLSearchParams(Object.entries(Object(body)).map(([name, value]): [string, string] => [name, textOf(value)])),
  );
const textOf = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const plain = fc.string({ unit: fc.constantFrom(..."abcXYZ0189-_.~!*'() \"%/\\=;,<>@"), maxLength: 150 });

const wrongHeaders: Record<string, fc.Arbitrary<string>> = {
  "idempotency-key": fc.oneof(plain, fc.constantFrom("short", "x".repeat(129), '"quoted-key-1"', "a".repeat(20))),
  "if-match": fc.oneof(plain, fc.constantFrom('"1"', 'W/"1"', "*", '"99999999999999999999"', "1", '""')),
  "accept-language": fc.oneof(plain, fc.constantFrom("fa", "en;q=0", "de, en;q=0.5", "*;q=x", ",,,;;;")),
  "content-type": fc.constantFrom(
    "application/json; charset=utf-16",
    "text/plain",
    "application/xml",
    "",
    "APPLICATION/JSON",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
  ),
  "foad-secret": fc.oneof(plain, fc.constant("0000-0000")),
  "content-encoding": fc.constantFrom("gzip", "br", "identity"),
  authorization: fc.constantFrom("Bearer x", "Bearer ", "Basic eDp5", "Bearer eyJhbGciOiJub25lIn0.e30."),
};
const wrongHeader = fc.oneof(
  ...Object.entries(wrongHeaders).map(([name, value]) => value.map((sent) => [name, sent] as const)),
);

/** Headers as callers get them wrong, one or two at a time; only what an HTTP client can send at all. */
export const headers = fc.array(wrongHeader, { maxLength: 2 }).map((some) => Object.fromEntries(some));

/** What stands in a path or query instead of what belongs there. */
export const segment = fc.oneof(
  fc.constantFrom(
    "QZ-7K3M-9XPT-Q",
    "none",
    "..",
    "%2e%2e",
    "%00",
    "%ff",
    "__proto__",
    "0",
    "2026-13-45",
    "Q".repeat(900),
  ),
  plain.filter((text) => text !== "").map(encodeURIComponent),
);
