import { Duration } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { EnvironmentName } from "#shared/runtime/env.ts";
import type { ServiceFunction } from "./service-function.ts";

const kept = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };

type QueueProps = {
  /** By which the function finds the queue, to postpone what failed; left out where it reaches no queue. */
  variable?: EnvironmentName;
  /** That of the function which consumes it. */
  timeout?: Duration;
  /** Tries before a message is a dead letter. */
  tries?: number;
};

/** A queue that one of our functions consumes, and the dead letters that it could not. */
export class ConsumedQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly variable: EnvironmentName | undefined;

  constructor(scope: Construct, id: string, { variable, timeout = Duration.seconds(10), tries = 12 }: QueueProps) {
    super(scope, id);
    this.variable = variable;
    this.deadLetters = new Queue(this, "DeadLetters", kept);
    this.queue = new Queue(this, "Queue", {
      ...kept,
      // Six times the function's timeout, or a message could be handed out again while it is still worked on.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      // With the waits between, over six hours: longer than most outages.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
  }

  filledBy(fn: ServiceFunction): void {
    this.lendTo(fn, "sqs:SendMessage");
  }

  /** `batchSize` messages one after the other must fit into the function's time. */
  consumedBy(fn: ServiceFunction, { batchSize, maxConcurrency }: { batchSize: number; maxConcurrency: number }): void {
    // CDK's grant for the mapping covers receiving and deleting; the function's own code only postpones.
    this.lendTo(fn, "sqs:ChangeMessageVisibility");
    fn.lambda.addEventSource(
      new SqsEventSource(this.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
    );
  }

  private lendTo(fn: ServiceFunction, action: string): void {
    const { queueUrl, queueArn } = this.queue;
    if (this.variable) fn.lend({ name: this.variable, value: queueUrl, actions: [action], resources: [queueArn] });
  }
}
