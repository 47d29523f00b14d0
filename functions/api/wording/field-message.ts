import type * as z from "zod";
import type { Language } from "#shared/domain/vocabulary.ts";
import { fill } from "./fill.ts";
import { ruleTexts } from "./rule-texts.ts";

type Issue = Parameters<z.core.$ZodErrorMap>[0];
/** The name of the rule that a field breaks, and the values for the places in its text. */
type Broken = { rule: string; [value: string]: unknown };

/** Zod's error map: says what is wrong with a field in the caller's language. */
export function fieldMessage(language: Language): z.core.$ZodErrorMap {
  return (issue) => {
    const { rule, ...values } = brokenBy(issue);
    return fill((ruleTexts[rule] ?? ruleTexts.wrong)[language], values, language);
  };
}

function brokenBy(issue: Issue): Broken {
  switch (issue.code) {
    case "custom":
      return { rule: "wrong", ...issue.params };
    case "invalid_type":
      return { rule: issue.input === undefined ? "missing" : `a-${issue.expected}` };
    case "invalid_format":
      return { rule: `a-${issue.format}` };
    case "too_small":
      return { rule: limitOf("min", issue.origin), limit: issue.minimum };
    case "too_big":
      return { rule: limitOf("max", issue.origin), limit: issue.maximum };
    case "invalid_value":
      return { rule: "one-of", values: issue.values.join(", ") };
    case "unrecognized_keys":
      return { rule: "unknown-fields", fields: issue.keys.join(", ") };
    default:
      return { rule: "wrong" };
  }
}

function limitOf(end: "min" | "max", origin: string): string {
  if (origin === "string") return `${end}-characters`;
  return origin === "array" ? `${end}-items` : end;
}
