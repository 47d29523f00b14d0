import { Logger } from "@aws-lambda-powertools/logger";

/** Fields that Powertools adds to every line, dropped to save cost: the log group and the function's settings have them. */
const fieldsLoggedElsewhere = ["function_arn", "function_name", "function_memory_size", "sampling_rate"];

/** Messages and field names are stable, for alarms and searches. Ids are logged, texts and identities never. */
export const log = new Logger({
  jsonReplacerFn: (name, value) => (fieldsLoggedElsewhere.includes(name) ? undefined : value),
});

/** The name of an error, for the log. Its message is not logged, since it may quote a citizen's text. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
