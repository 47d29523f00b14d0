import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { paths } from "./paths.d.ts";
import { delayBefore, type RetryOptions, reasonOf, wait } from "./retry.ts";

/** An event of an agency: the queue, the feed and the webhook carry the same. */
export type AgencyEvent =
  paths["/v1/agency/events"]["get"]["responses"][200]["content"]["application/json"]["items"][number];

/** The queue is not there, or this role may not read it. Waiting does not help. */
export class QueueRefusal extends Error {
  constructor(queueUrl: string, cause: Error) {
    super(`the queue ${queueUrl} is wrong, or not for this role: ${cause.message}`, { cause });
    this.name = "QueueRefusal";
  }
}

export type QueueOptions = RetryOptions & {
  queueUrl: string;
  /** Ends once the queue is empty, instead of waiting for the next event. */
  untilEmpty?: boolean;
  /** By default a client with the settings of the environment (region and credentials). */
  sqs?: SQSClient;
};

/**
 * The events of an agency's queue, in the order of each complaint. An event is deleted when the loop asks for the next one: keep it
 * before that. If the loop ends by an error, the event and those after it come again a minute later.
 */
export async function* receiveEvents({
  queueUrl,
  untilEmpty,
  sqs,
  ...retry
}: QueueOptions): AsyncGenerator<AgencyEvent> {
  const client = sqs ?? new SQSClient({});
  const received = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: untilEmpty ? 1 : 20 };
  try {
    for (;;) {
      const { Messages = [] } = await patiently(
        () => client.send(new ReceiveMessageCommand(received)),
        queueUrl,
        retry,
      );
      if (untilEmpty && Messages.length === 0) return;
      for (const { Body = "", ReceiptHandle } of Messages as Message[]) {
        yield JSON.parse(Body) as AgencyEvent;
        await patiently(
          () => client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle })),
          queueUrl,
          retry,
        );
      }
    }
  } finally {
    if (!sqs) client.destroy();
  }
}

async function patiently<R>(send: () => Promise<R>, queueUrl: string, retry: RetryOptions): Promise<R> {
  const { attempts = 5, onRetry } = retry;
  for (let sent = 1; ; sent++) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof Error && /QueueDoesNotExist|AccessDenied/.test(error.name))
        throw new QueueRefusal(queueUrl, error);
      if (sent >= attempts) throw error;
      onRetry?.(reasonOf(error));
      await wait(delayBefore(sent));
    }
  }
}
