import { setTimeout as sleep } from "node:timers/promises";
import type { Invoke } from "../lambda/lambda.ts";
import { asError } from "../machine/errors.ts";
import { BatchReport } from "./batch-report.ts";
import type { StreamRecord } from "./dynamodb-streams.ts";

/** Why a batch was not taken, and from which of its records on. */
type Failure = { from: number; error: Error; functionError: boolean };

export type Abandoned = { records: StreamRecord[]; failure: Failure; attempts: number };

type DeliverySettings = {
  functionArn: string;
  /** With -1, records are retried until they are taken. */
  maximumRetryAttempts: number;
  bisect: boolean;
  reportsItemFailures: boolean;
};

type Delivery = {
  settings: DeliverySettings;
  invoke: Invoke;
  /** Takes records whose retries are used up. */
  park: (abandoned: Abandoned) => Promise<void>;
  stopped: AbortSignal;
};

/**
 * Delivers a batch in order, as Lambda does from a stream. From the first failed record on it is tried again, after
 * halving it if the mapping says so, which does not count as a retry. Records whose retries are used up are parked, so
 * that they block nothing behind them. Rejects only when stopped.
 */
export async function deliver(delivery: Delivery, records: StreamRecord[], attempts = 1): Promise<void> {
  delivery.stopped.throwIfAborted();
  const failure = await attempt(delivery, records);
  if (!failure) return;
  // A function that failed because the local cloud is stopping has not refused the record.
  delivery.stopped.throwIfAborted();
  const { settings } = delivery;
  const rest = records.slice(failure.from);
  if (failure.from > 0) return deliver(delivery, rest);
  if (settings.bisect && rest.length > 1) return halve(delivery, rest, attempts);
  if (settings.maximumRetryAttempts >= 0 && attempts > settings.maximumRetryAttempts)
    return delivery.park({ records: rest, failure, attempts });
  await sleep(Math.min(100 * 2 ** (attempts - 1), 2_000), undefined, { signal: delivery.stopped });
  return deliver(delivery, rest, attempts + 1);
}

async function halve(delivery: Delivery, records: StreamRecord[], attempts: number): Promise<void> {
  const middle = Math.ceil(records.length / 2);
  await deliver(delivery, records.slice(0, middle), attempts);
  await deliver(delivery, records.slice(middle), attempts);
}

async function attempt({ settings, invoke }: Delivery, records: StreamRecord[]): Promise<Failure | undefined> {
  try {
    const answer = await invoke(settings.functionArn, { Records: records });
    return settings.reportsItemFailures ? reported(answer, records) : undefined;
  } catch (error) {
    return { from: 0, error: asError(error), functionError: true };
  }
}

/** The failure from the first reported record on. As in AWS, an identifier that is not in the batch fails all of it. */
function reported(answer: unknown, records: StreamRecord[]): Failure | undefined {
  const report = BatchReport.safeParse(answer);
  if (!report.success)
    return { from: 0, error: new Error("The function's report is malformed."), functionError: false };
  const failed = report.data?.batchItemFailures ?? [];
  if (failed.length === 0) return undefined;
  const places = failed.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  return {
    from: Math.max(0, Math.min(...places)),
    error: new Error("The function reported failed items."),
    functionError: false,
  };
}
