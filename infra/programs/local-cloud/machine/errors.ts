import * as z from "zod";

const name = "PlainFailure";

/** Returns an error whose message tells its reader everything, including what to do. It is shown without a stack trace. */
export function plainFailure(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name });
}

export function isPlainFailure(error: unknown): error is Error {
  return error instanceof Error && error.name === name;
}

const SystemError = z.object({ code: z.string() });

/** Returns the code of an operating system's error (`EADDRINUSE`); undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  return SystemError.safeParse(error).data?.code;
}

/** Returns a thrown value as an error: JavaScript code can throw anything. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Returns an error with a name that identifies its kind, like the errors of AWS. */
export function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
