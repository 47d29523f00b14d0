import type * as z from "zod";
import { toDotPath } from "zod/v4/core";
import type { FieldError } from "#shared/domain/fault.ts";
import { nearestName } from "#shared/domain/nearest-name.ts";

type Broken = Omit<FieldError, "path">;

/** A body has room for forty thousand unknown fields, and an answer has not. */
const mostErrors = 100;

/** What zod found, field by field, the first of them: an unknown field by its own path, like a wrong one. */
export function fieldErrors({ issues }: z.ZodError): FieldError[] {
  return issues
    .flatMap((issue) => (issue.code === "unrecognized_keys" ? unknownFields(issue) : issueAt(issue)))
    .slice(0, mostErrors);
}

const issueAt = (issue: z.core.$ZodIssue): FieldError => ({ path: toDotPath(issue.path), ...brokenBy(issue) });

/** Each with the name of a known field that is close to it. */
function unknownFields({ keys, path, message }: z.core.$ZodIssueUnrecognizedKeys): FieldError[] {
  const known = message.split(" ").filter((name) => name !== "");
  return keys.slice(0, mostErrors).map((key) => {
    const didYouMean = nearestName(key, known);
    return {
      path: toDotPath([...path, key]),
      rule: "unknown-field",
      ...(didYouMean !== undefined && { values: { didYouMean } }),
    };
  });
}

/**
 * zod tells only here, where it asks for a message, which names the object of an unknown field has: they are its message.
 * Nobody reads zod's messages.
 */
export function knownNames({ code, inst }: z.core.$ZodRawIssue): string | undefined {
  if (code !== "unrecognized_keys") return undefined;
  const def = inst?._zod.def ?? {};
  // Never zod's own message, which holds what was sent.
  return "shape" in def ? Object.keys(Object(def.shape)).join(" ") : "";
}

/** The rule that a value of another type breaks, by the type that zod expects. */
const typeRules: Record<string, string> = {
  string: "not-text",
  number: "not-a-number",
  int: "not-a-whole-number",
  boolean: "not-true-or-false",
  array: "not-a-list",
  object: "not-an-object",
};

/** The rule that a text of another form breaks, by zod's name of the form. */
const formRules: Record<string, string> = {
  date: "not-a-date",
  datetime: "not-an-instant",
  email: "not-an-email",
  regex: "pattern",
};

function brokenBy(issue: z.core.$ZodIssue): Broken {
  switch (issue.code) {
    case "custom":
      return ruleIn(issue.params);
    case "invalid_type":
      return { rule: issue.input === undefined ? "missing" : (typeRules[issue.expected] ?? "wrong") };
    case "invalid_format":
      // A form sends what was left empty as a text without letters.
      if (issue.input === "") return { rule: "empty" };
      return { rule: formRules[issue.format] ?? "wrong", pattern: issue.pattern };
    case "too_small":
      return { rule: limitOf("min", issue.origin), values: { limit: Number(issue.minimum) } };
    case "too_big":
      return { rule: limitOf("max", issue.origin), values: { limit: Number(issue.maximum) } };
    case "invalid_value":
      return { rule: issue.input === undefined ? "missing" : "one-of", values: { values: issue.values.map(String) } };
    case "invalid_union":
      return choiceIn(issue);
    default:
      return { rule: "wrong" };
  }
}

function ruleIn({ rule, ...values }: Record<string, unknown> = {}): Broken {
  if (typeof rule !== "string") return { rule: "wrong" };
  return { rule, ...(Object.keys(values).length > 0 && { values }) };
}

/** Of a body that one field decides the fields of: what that field may be. */
function choiceIn(issue: z.core.$ZodIssueInvalidUnion): Broken {
  const { input, discriminator } = issue;
  if (!discriminator || !("options" in issue)) return { rule: "wrong" };
  const isThere = typeof input === "object" && input !== null && Object.hasOwn(input, discriminator);
  return { rule: isThere ? "one-of" : "missing", values: { values: issue.options?.map(String) } };
}

function limitOf(end: "min" | "max", origin: string): string {
  if (origin === "string") return `${end}-characters`;
  return origin === "array" ? `${end}-items` : end;
}
