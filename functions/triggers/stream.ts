import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { StreamEvent } from "#shared/persistence/delivery/feeds.ts";
import { failureName, log } from "#shared/runtime/log.ts";
import type { LogEvent } from "#shared/runtime/log-events.ts";

type Consume = (event: StreamEvent) => Promise<void>;

/**
 * Reads the table's stream one event after the other and stops at the first failure, so that no event of a complaint
 * overtakes an earlier one. Lambda retries from that record on, and parks a record that keeps failing. `failure`: the
 * message that one is logged under, each function's own.
 */
export function stream(consume: Consume, { failure }: { failure: LogEvent }) {
  return middy(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const [n, record] of Records.entries()) {
      const failed = await attempt(record, { consume, failure });
      if (failed && n === 0 && Records.length > 1) throw new FirstRecordFailed();
      if (failed) return { batchItemFailures: [failed] };
    }
    return { batchItemFailures: [] };
  }).use(injectLambdaContext(log));
}

/**
 * Lambda halves a batch whose function fails. Of one that is reported from its first record on it does not say so, and might
 * park what comes after it too.
 */
class FirstRecordFailed extends Error {
  override name = "FirstOfSeveral";
  override message = "The first of several records failed.";
}

async function attempt(record: DynamoDBRecord, { consume, failure }: { consume: Consume; failure: LogEvent }) {
  // Only a new item is an event to tell; an expired or rewritten one is not.
  if (record.eventName !== "INSERT") return undefined;
  try {
    await consume(read(record));
    return undefined;
  } catch (error) {
    const { id, sequence } = recordReference(record);
    log.error(failure, { id, failure: failureName(error) });
    return { itemIdentifier: sequence };
  }
}

function read({ dynamodb }: DynamoDBRecord): StreamEvent {
  return StreamEvent.parse(unmarshall((dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>));
}

function recordReference({ dynamodb }: DynamoDBRecord) {
  return { id: `${dynamodb?.Keys?.pk?.S} ${dynamodb?.Keys?.sk?.S}`, sequence: dynamodb?.SequenceNumber ?? "" };
}
