import { Logger } from "@aws-lambda-powertools/logger";

/** Events with stable messages and fields; ids yes, text and identity never. */
export const log = new Logger();

/** What is logged of an error: its name alone, since a library's message may quote what it was given. */
export function failureOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
