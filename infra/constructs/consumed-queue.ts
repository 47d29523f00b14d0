import { Duration, Names, Stack } from "aws-cdk-lib";
import type { IRuleTarget, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { EnvironmentName } from "#shared/runtime/env.ts";
import { acceptLastQueue, acceptServerless } from "./accepted-findings.ts";
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

/**
 * What the functions of a stack could not consume, whichever queue it came from: SQS knows where each message came from, and
 * moves it back there.
 */
export function deadLettersOf(stack: Stack): Queue {
  const found = stack.node.tryFindChild("DeadLetters");
  if (found instanceof Queue) return found;
  const deadLetters = new Queue(stack, "DeadLetters", kept);
  acceptLastQueue(deadLetters);
  return deadLetters;
}

/** A queue that one of our functions consumes. */
export class ConsumedQueue extends Construct {
  readonly queue: Queue;
  private readonly variable: EnvironmentName | undefined;

  constructor(scope: Construct, id: string, { variable, timeout = Duration.seconds(10), tries = 12 }: QueueProps) {
    super(scope, id);
    this.variable = variable;
    this.queue = new Queue(this, "Queue", {
      ...kept,
      // Six times the function's timeout, or a message could be handed out again while it is still worked on.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      // With the waits between, over six hours: longer than most outages.
      deadLetterQueue: { queue: deadLettersOf(Stack.of(this)), maxReceiveCount: tries },
    });
  }

  filledBy(fn: ServiceFunction): void {
    this.lendTo(fn, "sqs:SendMessage");
  }

  /** `batchSize` messages one after the other must fit into the function's time. */
  consumedBy(fn: ServiceFunction, { batchSize, maxConcurrency }: { batchSize: number; maxConcurrency: number }): void {
    // What Lambda asks of the role to read for the function; CDK's own grant would allow more. The function's code only
    // postpones.
    const actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    fn.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [this.queue.queueArn] }));
    this.lendTo(fn, "sqs:ChangeMessageVisibility");
    // Named as CDK names it: another name would be another mapping, and a queue has one for each function.
    fn.lambda.addEventSourceMapping(`SqsEventSource:${Names.nodeUniqueId(this.queue.node)}`, {
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency,
      reportBatchItemFailures: true,
    });
    acceptServerless(fn, {
      finding: "LambdaEventSourceMappingDestination",
      reason: "A reader of a queue has none: what fails is among the queue's dead letters.",
    });
  }

  /**
   * The queue as the target of a rule, with what stands in each message. CDK's own target would let the rule ask for the
   * queue's attributes too.
   */
  filledByRule(message: RuleTargetInput): IRuleTarget {
    const { queue } = this;
    return {
      bind({ ruleRef: { ruleArn } }) {
        queue.addToResourcePolicy(
          new PolicyStatement({
            principals: [new ServicePrincipal("events.amazonaws.com")],
            actions: ["sqs:SendMessage"],
            resources: [queue.queueArn],
            conditions: { ArnEquals: { "aws:SourceArn": ruleArn } },
          }),
        );
        return { arn: queue.queueArn, input: message };
      },
    };
  }

  private lendTo(fn: ServiceFunction, action: string): void {
    const { queueUrl, queueArn } = this.queue;
    if (this.variable) fn.lend({ name: this.variable, value: queueUrl, actions: [action], resources: [queueArn] });
  }
}
