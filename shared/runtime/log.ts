import { Logger } from "@aws-lambda-powertools/logger";

/** What Powertools adds to every line, and the group of a function's log or its configuration says already: each line is paid for. */
const fieldsLoggedElsewhere = ["function_arn", "function_name", "function_memory_size", "sampling_rate"];

/** Messages and field names are stable, for alarms and searches. Ids are logged, texts and identities never. */
export const log = new Logger({
  jsonReplacerFn: (name, value) => (fieldsLoggedElsewhere.includes(name) ? undefined : value),
});

/** What is logged of an error: its name alone, since a library's message may quote what a citizen wrote. */
export function failureName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
