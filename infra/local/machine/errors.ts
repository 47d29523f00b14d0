/** What was thrown, as an error: anything can be thrown in JavaScript. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** An error with a name by which it is told from others, as AWS's own have. */
export function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
