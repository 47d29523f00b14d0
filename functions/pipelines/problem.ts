import * as z from "zod";
import { toDotPath } from "zod/v4/core";
import { Fault, type FieldError } from "#shared/domain/fault.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { log } from "#shared/runtime/log.ts";
import { fill } from "../api/wording/fill.ts";
import { problemTexts } from "../api/wording/problem-texts.ts";
import { reasonTexts } from "../api/wording/reason-texts.ts";
import { ruleTexts } from "../api/wording/rule-texts.ts";
import type { Reply } from "./reply.ts";

/** RFC 9457, as every refusal is served. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });

/** The refusal as a reply; what the rules did not foresee is logged and told as `internal`, without its text. */
export function problemReply(error: unknown, language: Language): Reply {
  const fault = asFault(error);
  const { status, title, detail } = problemTexts[fault.code];
  const problem = {
    type: `urn:foad:problem:${fault.code}`,
    title: title[language],
    status,
    detail: fill((fault.because ? reasonTexts[fault.because] : detail)[language], fault.says, language),
    code: fault.code,
    ...(fault.errors.length > 0 && { errors: fault.errors.map((error) => inWords(error, language)) }),
  };
  // Whoever refuses for a time says for how long.
  const wait = fault.says.retryAfter ?? (status === 503 ? "1" : undefined);
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "content-language": language,
      ...(wait && { "retry-after": wait }),
    },
    body: problem,
  };
}

/** A rule of the domain that was broken is told by its name. */
function inWords({ path, message }: FieldError, language: Language): FieldError {
  return { path, message: ruleTexts[message]?.[language] ?? message };
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const failure = error instanceof Error ? error : new Error("not an error");
  // The name and the place, never the message: a library may quote what it was given.
  log.error("request failed", { failure: failure.name, place: failure.stack?.split("\n").filter(isFrame) });
  return new Fault(isPassing(failure) ? "unavailable" : "internal", { cause: error });
}

/** A line of a stack as Node writes it; the message above has lines of its own. */
const isFrame = (line: string) => /^ {4}at .*:\d+:\d+\)?$/.test(line);

/** Failures of the cloud, or of the way to it, that another try may not meet. */
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

export function fieldErrors({ issues }: z.ZodError): FieldError[] {
  return issues.map(({ path, message }) => ({ path: toDotPath(path), message }));
}
