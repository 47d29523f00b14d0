import * as z from "zod";
import { Fault, type FieldError } from "#shared/fault.ts";
import { log } from "#shared/runtime/log.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
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
    /** Says in plain sentences, for the person who filled in the form, which fields are wrong and why. */
    detail: z.string(),
    code: z.string(),
    /** With the code `retired`: the id that takes the place of the retired one. */
    successorId: z.string().optional(),
    /** Where the state refuses a move: the moves that it allows to the caller instead. */
    allowedMoves: z.array(z.string()).optional(),
    /** Beside them the other moves of the caller's role. `reason`: the code of the refusal, or a more exact word for it. */
    blockedMoves: z.array(z.object({ move: z.string(), reason: z.string() })).optional(),
    /** With the code `not-registered`: the `sub` of the person who signed in, to give to an admin. */
    sub: z.string().optional(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          /** The rule that is broken. The code is stable; the message may be reworded. */
          code: z.string(),
          /** The values of the rule, such as its `limit`. */
          params: z.record(z.string(), z.unknown()).optional(),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: "Problem" });

/** `docs` is the address of the page that explains every problem. */
type ProblemContext = { language: Language; docs: string };

/** Makes a reply of an error. An error that is no `Fault` is logged, and answered as `internal-error` or `unavailable`. */
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
        ? errorSentences(fault.errors, language)
        : fillPlaceholders(text, { ...fault.values, docs }, language),
    code: fault.code,
    successorId: fault.values.successorId,
    sub: fault.values.sub,
    ...fault.moves,
    ...(fault.errors.length > 0 && { errors: fault.errors.map((error) => problemError(error, language)) }),
  };
  // A refusal that ends by itself carries the seconds until a retry makes sense.
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

/** A person reads about three wrong fields at once. */
const mostSentences = 3;

/** One sentence for each of the first wrong fields, then the number of further ones. */
function errorSentences(errors: readonly FieldError[], language: Language): string {
  const sentences = errors.slice(0, mostSentences).map((error) => {
    // The name of an unknown field may be any text, so the sentence does not repeat it.
    const field = fieldInWords(error.rule === "unknown-field" ? "?" : error.path, language);
    return `${field} ${messageOf(error, language)}.`;
  });
  const more = errors.length - sentences.length;
  return [...sentences, ...(more > 0 ? [fillPlaceholders(moreErrors[language], { more }, language)] : [])].join(" ");
}

const moreErrors: LocalizedText = { fa: "و {more} مورد دیگر.", en: "And {more} more." };

/** One item of the problem's `errors`: the broken rule, its values, and the rule's text in the caller's language. */
function problemError(error: FieldError, language: Language) {
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
  // Only the error's name and stack frames are logged. A library's message may quote a text of a citizen.
  log.error("request failed", { errorName: failure.name, stack: failure.stack?.split("\n").filter(isFrame) });
  return new Fault(isTemporary(failure) ? "unavailable" : "internal-error", { cause: error });
}

/** Whether a line of Node's stack trace is a frame. The lines before the frames belong to the message. */
const isFrame = (line: string) => /^ {4}at .*:\d+:\d+\)?$/.test(line);

/** Names and codes of failures in AWS or in the network that may be over at the next try. */
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
