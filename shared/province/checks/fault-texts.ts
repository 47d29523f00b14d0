import * as z from "zod";
import { nearestName } from "#shared/nearest-name.ts";

/** A fault of a province's file: its path, and a message with the fault and its remedy. */
export type ProvinceFault = { path: (string | number)[]; message: string };

/** `; did you mean "color"?` if one of the names is nearly the written one; otherwise an empty text. */
export function didYouMean(written: unknown, names: string[]): string {
  const nearest = typeof written === "string" && nearestName(written, names);
  return nearest ? `; did you mean "${nearest}"?` : "";
}

/** English texts of the project's own rules, for the editor of a province's file. The API has its own bilingual texts. */
const rules: Record<string, string> = {
  "not-a-time-of-day": "must be a time like 08:00",
  "end-before-start": "must end after it starts",
  "not-in-order": "must be in order and not overlap",
  "not-gregorian": "must be of the Gregorian calendar, like 2026-11-24",
  webhook:
    "must be an https address with a host's name, such as https://office.example/events: no port, no name or password, and nothing after the path",
  "base-url":
    "must be an https address of a host alone, such as https://api.foad.example: no name or password, no path or slash after it, and a Persian host in its ASCII form (xn--…)",
  origin: "must be an origin like https://foad.example: a scheme and a host, without a path or a slash at the end",
};

const kinds: Record<string, string> = {
  string: "a text in double quotes",
  number: "a number without quotes",
  int: "a whole number without quotes",
  boolean: "true or false, without quotes",
  array: "a list in [ ]",
  object: "an object in { }",
  record: "an object in { }",
};

const formats: Record<string, string> = {
  email: "must be an e-mail address, like inspection@office.example",
  url: "must be an https address, like https://login.example/",
  regex: "must be lower-case letters, digits and single hyphens, like social-security",
  datetime: "must be an instant in UTC with milliseconds, like 2026-11-27T06:00:00.000Z",
  date: "must be a day of the Gregorian calendar, like 2026-11-24",
};

/** The text for each zod issue code, for the editor of the file. */
const texts: Record<string, (issue: z.core.$ZodRawIssue) => string | undefined> = {
  custom: (issue) => (issue.code === "custom" ? rules[String(issue.params?.rule)] : undefined),
  invalid_type: ({ input, expected }) => {
    const kind = kinds[String(expected)] ?? String(expected);
    return input === undefined ? `is missing: add ${kind}` : `must be ${kind}`;
  },
  invalid_format: ({ format }) => formats[String(format)],
  invalid_value: ({ values, input }) => {
    const allowed = asList(values).map(String);
    if (input === undefined) return `is missing: add one of ${allowed.join(", ")}`;
    return `must be one of ${allowed.join(", ")}${didYouMean(input, allowed)}`;
  },
  too_small: ({ origin, minimum }) => {
    if (origin === "array") return "must have at least one entry";
    return origin === "string" ? "must not be empty: fill it in" : `must be ${minimum} or more`;
  },
  too_big: ({ origin, maximum }) =>
    origin === "array" ? `must have ${maximum} entries or fewer` : `must be ${maximum} or less`,
  // One line for each key; `faultsOfIssues` splits the lines again.
  unrecognized_keys: ({ keys, inst }) =>
    asList(keys)
      .map((key) => `is no field here: take it out${didYouMean(key, fieldsOf(inst))}`)
      .join("\n"),
};

/** The zod error map with these texts. A message that the schema itself has takes precedence. */
export const zodErrorText: z.core.$ZodErrorMap = (issue) => texts[issue.code]?.(issue);

/** Makes a fault of each zod issue. An issue about unknown fields gives one fault for each field. */
export function faultsOfIssues(issues: z.core.$ZodIssue[]): ProvinceFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    // A new file has many blank fields, so a blank gets this message in place of the field's own.
    if (issue.input === "") return [{ path, message: "is blank: fill it in" }];
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    const lines = issue.message.split("\n");
    return issue.keys.map((key, n) => ({ path: [...path, key], message: lines[n] ?? "" }));
  });
}

const asList = (value: unknown) => (Array.isArray(value) ? value : []);

/** The names of an object schema's fields, or the allowed keys of a record schema. */
function fieldsOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  return schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];
}
