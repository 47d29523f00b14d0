import * as z from "zod";
import { Fault, type FieldError } from "#shared/domain/fault.ts";
import type { Language, LocalizedText } from "#shared/domain/vocabulary.ts";
import { log } from "#shared/runtime/log.ts";
import { missingChoice, missingTexts, misspeltField, patternTexts, ruleTexts } from "./field-errors.ts";
import { fieldInWords } from "./field-labels.ts";
import { fillPlaceholders, problemTexts, reasonTexts } from "./problem-texts.ts";
import type { Reply } from "./reply.ts";

/** The body of every refusal, after RFC 9457. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** For the person in front of the form: what is wrong, in sentences. */
    detail: z.string(),
    code: z.string(),
    /** Of `retired`: what takes its place. */
    successorId: z.string().optional(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          /** The rule that is broken. It stays the same, where the message may be put better one day. */
          code: z.string(),
          /** What the rule names, such as a `limit`. */
          params: z.record(z.string(), z.unknown()).optional(),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: "Problem" });

/** `docs` is the address of the page that explains every problem. */
type ProblemContext = { language: Language; docs: string };

/** The refusal as a reply. An error that is no `Fault` is logged, and answered as `internal` or `unavailable`. */
export function problemReply(error: unknown, { language, docs }: ProblemContext): Reply {
  const fault = toFault(error);
  const { status, title, detail } = problemTexts[fault.code];
  const text = (fault.reason ? reasonTexts[fault.reason] : detail)[language];
  const problem = {
    type: `${docs}#problem-${fault.code}`,
    title: title[language],
    status,
    detail:
      fault.errors.length > 0
        ? inSentences(fault.errors, language)
        : fillPlaceholders(text, { ...fault.values, docs }, language),
    code: fault.code,
    successorId: fault.values.successorId,
    ...(fault.errors.length > 0 && { errors: fault.errors.map((error) => asError(error, language)) }),
  };
  // A refusal that holds only for a time says for how long.
  const wait = fault.quota?.resetsInSeconds ?? fault.values.retryAfter ?? (status === 503 ? 1 : undefined);
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "content-language": language,
      ...(wait && { "retry-after": String(wait) }),
    },
    body: problem,
    quota: fault.quota,
  };
}

/** Of so many wrong fields a person reads at once. */
const mostSentences = 3;

/** The first wrong fields, a sentence each, and how many more there are. */
function inSentences(errors: readonly FieldError[], language: Language): string {
  const sentences = errors.slice(0, mostSentences).map((error) => {
    // Its name is the program's own, and may be anything.
    const field = fieldInWords(error.rule === "unknown-field" ? "?" : error.path, language);
    return `${field} ${messageOf(error, language)}.`;
  });
  const more = errors.length - sentences.length;
  return [...sentences, ...(more > 0 ? [fillPlaceholders(moreErrors[language], { more }, language)] : [])].join(" ");
}

const moreErrors: LocalizedText = { fa: "و {more} مورد دیگر.", en: "And {more} more." };

/** The domain names the rule that was broken; callers read that rule's text. */
function asError(error: FieldError, language: Language) {
  const { path, rule, values } = error;
  return { path, code: rule, ...(values && { params: values }), message: messageOf(error, language) };
}

function messageOf(error: FieldError, language: Language): string {
  return fillPlaceholders(textOf(error)[language], error.values ?? {}, language);
}

function textOf({ path, rule, values, pattern = "" }: FieldError): LocalizedText {
  if (rule === "missing") return missingTexts[path] ?? (values ? missingChoice : ruleTexts.missing);
  if (rule === "unknown-field" && values) return misspeltField;
  return patternTexts[pattern] ?? ruleTexts[rule] ?? ruleTexts.wrong;
}

function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const failure = error instanceof Error ? error : new Error("not an error");
  // The error's name and stack frames, never its message: a library may quote what a citizen wrote.
  log.error("request failed", { failure: failure.name, place: failure.stack?.split("\n").filter(isFrame) });
  return new Fault(isTemporary(failure) ? "unavailable" : "internal", { cause: error });
}

/** A frame of a stack trace as Node writes it; the lines above the frames belong to the message. */
const isFrame = (line: string) => /^ {4}at .*:\d+:\d+\)?$/.test(line);

/** Failures of the cloud, or of the network to it, that may be gone at the next try. */
const temporaryFailures = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "TransactionInProgressException",
  "InternalServerError",
  "InternalServiceError",
  "ServiceUnavailable",
  "TimeoutError",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
const isTemporary = (error: Error) =>
  temporaryFailures.has(error.name) || ("code" in error && temporaryFailures.has(String(error.code)));
