import * as z from "zod";
import { nearestName } from "#shared/domain/nearest-name.ts";

/** What is wrong in a file, where, and what to do. */
export type ProvinceFault = { path: (string | number)[]; message: string };

/** `; did you mean "color"?`, where one of the names is nearly the one that was written; otherwise nothing. */
export function didYouMean(written: unknown, names: string[]): string {
  const near = typeof written === "string" && nearestName(written, names);
  return near ? `; did you mean "${near}"?` : "";
}

type Issue = z.core.$ZodRawIssue;

/** English texts for rules that the API words in the caller's language; these are for who edits a province file. */
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

/** How a code of zod is worded for whoever edits the file. */
const texts: Record<string, (issue: Issue) => string | undefined> = {
  custom: (issue) => (issue.code === "custom" ? rules[String(issue.params?.rule)] : undefined),
  invalid_type: ({ input, expected }) => {
    const kind = kinds[String(expected)] ?? String(expected);
    return input === undefined ? `is missing: add ${kind}` : `must be ${kind}`;
  },
  invalid_format: ({ format }) => formats[String(format)],
  invalid_value: ({ values, input }) => {
    const allowed = listOf(values).map(String);
    if (input === undefined) return `is missing: add one of ${allowed.join(", ")}`;
    return `must be one of ${allowed.join(", ")}${didYouMean(input, allowed)}`;
  },
  too_small: ({ origin, minimum }) => {
    if (origin === "array") return "must have at least one entry";
    return origin === "string" ? "must not be empty: fill it in" : `must be ${minimum} or more`;
  },
  too_big: ({ origin, maximum }) =>
    origin === "array" ? `must have ${maximum} entries or fewer` : `must be ${maximum} or less`,
  // A line for each key, which `faultsOf` takes apart again.
  unrecognized_keys: ({ keys, inst }) =>
    listOf(keys)
      .map((key) => `is no field here: take it out${didYouMean(key, fieldsOf(inst))}`)
      .join("\n"),
};

/** Words for what zod finds, in the terms of whoever edits the file; a rule's own words go before these. */
export const zodErrorText: z.core.$ZodErrorMap = (issue) => texts[issue.code]?.(issue);

/** What zod found, a fault each: of fields that do not exist, one for every field. */
export function faultsOfIssues(issues: z.core.$ZodIssue[]): ProvinceFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    // Whatever the field's own rule says: a blank is what a new file is full of.
    if (issue.input === "") return [{ path, message: "is blank: fill it in" }];
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    const lines = issue.message.split("\n");
    return issue.keys.map((key, n) => ({ path: [...path, key], message: lines[n] ?? "" }));
  });
}

const listOf = (value: unknown) => (Array.isArray(value) ? value : []);

/** The fields of an object, or the keys that a record may have. */
function fieldsOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  return schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];
}
