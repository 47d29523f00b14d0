import * as z from "zod";
import { Fault, type FieldError } from "#shared/domain/fault.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { log } from "#shared/runtime/log.ts";
import { fill } from "../api/wording/fill.ts";
import { problemTexts } from "../api/wording/problem-texts.ts";
import { reasonTexts } from "../api/wording/reason-texts.ts";
import { missingChoice, patternTexts, ruleTexts } from "../api/wording/rule-texts.ts";
import type { Reply } from "./reply.ts";

/** The body of every refusal, after RFC 9457. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
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
type Telling = { language: Language; docs: string };

/** The refusal as a reply. An error that is no `Fault` is logged, and answered as `internal` or `unavailable`. */
export function problemReply(error: unknown, { language, docs }: Telling): Reply {
  const fault = asFault(error);
  const { status, title, detail } = problemTexts[fault.code];
  const problem = {
    type: `${docs}#problem-${fault.code}`,
    title: title[language],
    status,
    detail: fill((fault.because ? reasonTexts[fault.because] : detail)[language], fault.says, language),
    code: fault.code,
    successorId: fault.says.successorId,
    ...(fault.errors.length > 0 && { errors: fault.errors.map((error) => inWords(error, language)) }),
  };
  // A refusal that holds only for a time says for how long.
  const wait = fault.quota?.resetsIn ?? fault.says.retryAfter ?? (status === 503 ? 1 : undefined);
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

/** The domain names the rule that was broken; callers read that rule's text. */
function inWords({ path, rule, values, pattern = "" }: FieldError, language: Language) {
  const ofRule = patternTexts[pattern] ?? ruleTexts[rule] ?? ruleTexts.wrong;
  const text = rule === "missing" && values ? missingChoice : ofRule;
  const message = fill(text[language], values ?? {}, language);
  return { path, code: rule, ...(values && { params: values }), message };
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const failure = error instanceof Error ? error : new Error("not an error");
  // The error's name and stack frames, never its message: a library may quote what a citizen wrote.
  log.error("request failed", { failure: failure.name, place: failure.stack?.split("\n").filter(isFrame) });
  return new Fault(isPassing(failure) ? "unavailable" : "internal", { cause: error });
}

/** A frame of a stack trace as Node writes it; the lines above the frames belong to the message. */
const isFrame = (line: string) => /^ {4}at .*:\d+:\d+\)?$/.test(line);

/** Failures of the cloud, or of the network to it, that may be gone at the next try. */
const passing = new Set([
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
const isPassing = (error: Error) => passing.has(error.name) || ("code" in error && passing.has(String(error.code)));
