import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { errorName, log } from "#shared/runtime/log.ts";
import type { LogEvent } from "#shared/runtime/log-events.ts";
import { StreamEvent } from "./feeds.store.ts";

type Consume = (event: StreamEvent) => Promise<void>;

/**
 * The pipeline of every function that reads the table's stream. Events are consumed one after the other. It stops at the first
 * failure, so that the events of a complaint stay in order. Lambda retries from the failed record on, and parks a record that
 * keeps failing. `failure`: the log message for a failed record.
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
 * Thrown where the first of several records fails. Lambda then halves the batch until the failing record is alone. If the first
 * record were only reported as failed, AWS does not promise to halve the batch, and Lambda might park the records after it too.
 */
class FirstRecordFailed extends Error {
  override name = "FirstOfSeveral";
  override message = "The first of several records failed.";
}

async function attempt(record: DynamoDBRecord, { consume, failure }: { consume: Consume; failure: LogEvent }) {
  // Only a new item is a new event. An item that expired or was rewritten is skipped.
  if (record.eventName !== "INSERT") return undefined;
  try {
    await consume(read(record));
    return undefined;
  } catch (error) {
    const { id, sequence } = recordReference(record);
    log.error(failure, { id, errorName: errorName(error) });
    return { itemIdentifier: sequence };
  }
}

function read({ dynamodb }: DynamoDBRecord): StreamEvent {
  return StreamEvent.parse(unmarshall((dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>));
}

function recordReference({ dynamodb }: DynamoDBRecord) {
  return { id: `${dynamodb?.Keys?.pk?.S} ${dynamodb?.Keys?.sk?.S}`, sequence: dynamodb?.SequenceNumber ?? "" };
}
