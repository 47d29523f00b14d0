import * as z from "zod";

const name = "PlainFailure";

/** An error whose message says all that its reader needs, also what to do; it is shown without a stack. */
export function plainFailure(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name });
}

export function isPlainFailure(error: unknown): error is Error {
  return error instanceof Error && error.name === name;
}

const SystemError = z.object({ code: z.string() });

/** The code of an operating system's error (`EADDRINUSE`), or undefined of anything else. */
export function systemCode(error: unknown): string | undefined {
  return SystemError.safeParse(error).data?.code;
}

/** What was thrown, as an error: anything can be thrown in JavaScript. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** An error with a name by which it is told from others, as AWS's own have. */
export function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
