import type * as z from "zod";
import { toDotPath } from "zod/v4/core";
import type { FieldError } from "#shared/domain/fault.ts";

type Broken = Omit<FieldError, "path">;

/** A body has room for forty thousand unknown fields, and an answer has not. */
const mostErrors = 100;

/** What zod found, field by field, the first of them: an unknown field by its own path, like a wrong one. */
export function fieldErrors({ issues }: z.ZodError): FieldError[] {
  const errors = issues.flatMap((issue) => {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ path: toDotPath(path), ...brokenBy(issue) }));
  });
  return errors.slice(0, mostErrors);
}

function brokenBy(issue: z.core.$ZodIssue): Broken {
  switch (issue.code) {
    case "custom":
      return ruleIn(issue.params);
    case "invalid_type":
      return { rule: issue.input === undefined ? "missing" : `a-${issue.expected}` };
    case "invalid_format":
      return { rule: `a-${issue.format}`, pattern: issue.pattern };
    case "too_small":
      return { rule: limitOf("min", issue.origin), values: { limit: Number(issue.minimum) } };
    case "too_big":
      return { rule: limitOf("max", issue.origin), values: { limit: Number(issue.maximum) } };
    case "invalid_value":
      return { rule: issue.input === undefined ? "missing" : "one-of", values: { values: issue.values.map(String) } };
    case "invalid_union":
      return choiceIn(issue);
    case "unrecognized_keys":
      return { rule: "unknown-field" };
    default:
      return { rule: "wrong" };
  }
}

function ruleIn({ rule, ...values }: Record<string, unknown> = {}): Broken {
  return typeof rule === "string" ? { rule, values } : { rule: "wrong" };
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
