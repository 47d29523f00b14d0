import { Logger } from "@aws-lambda-powertools/logger";

/** Messages and field names are stable, for alarms and searches. Ids are logged, texts and identities never. */
export const log = new Logger();

/** What is logged of an error: its name alone, since a library's message may quote what a citizen wrote. */
export function failureOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
