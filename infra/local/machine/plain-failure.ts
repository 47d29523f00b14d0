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
