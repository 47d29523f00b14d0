import { Aws, Duration, Names, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { IRuleTarget, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { AccountPrincipal, Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnQueuePolicy, DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Agency } from "#shared/province/schema.ts";
import type { EnvironmentName } from "#shared/runtime/environment.ts";
import { agencyQueueName, agencyQueuePrefix, deadLetterQueueName } from "#shared/runtime/keys.ts";
import { acceptLastQueue, acceptServerless, acceptWildcard } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

/** Agency queues are retained. Messages must not be lost when an agency is removed, renamed or moved to another stack. */
const agencyQueueRemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

const fifo = {
  fifo: true,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
  removalPolicy: agencyQueueRemovalPolicy,
};

/** An agency's queue and its dead-letter queue. Only the principal that the province file names may consume both. */
export class AgencyQueue extends Construct {
  constructor(scope: Construct, id: string, { provinceId, agency }: { provinceId: string; agency: AgencyWithQueue }) {
    super(scope, id);
    const named = { provinceId, agencyId: agency.id };
    const deadLetters = new Queue(this, "DeadLetters", { ...fifo, queueName: deadLetterQueueName(named) });
    acceptLastQueue(deadLetters);
    const queue = new Queue(this, "Queue", {
      ...fifo,
      queueName: agencyQueueName(named),
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout: Duration.minutes(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    const { consumer } = agency;
    if (consumer)
      for (const consumed of [queue, deadLetters]) consumed.addToResourcePolicy(consumerStatement(consumed, consumer));
    for (const construct of this.node.findAll())
      if (construct instanceof CfnQueuePolicy) construct.applyRemovalPolicy(agencyQueueRemovalPolicy);
  }
}

/** The fields of an agency that define its queue. */
export type AgencyWithQueue = Pick<Agency, "id" | "consumer">;

/** Allows the account, with the principal in a condition: a policy that names a missing principal would fail to deploy. */
function consumerStatement(queue: Queue, { account, principalArn }: NonNullable<Agency["consumer"]>): PolicyStatement {
  return new PolicyStatement({
    principals: [new AccountPrincipal(account)],
    actions: [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
    ],
    resources: [queue.queueArn],
    conditions: { ArnEquals: { "aws:PrincipalArn": principalArn } },
  });
}

/**
 * Lets `fn` send to all agency queues by one name pattern. A grant for each queue would exceed the size limit of the role's
 * policy and make the stacks depend on each other.
 */
export function grantSendToAgencyQueues(fn: ServiceFunction, provinceId: string): void {
  grantOnEveryQueue(fn, { provinceId, action: "sqs:SendMessage" });
  const deadLetters = deadLetterQueueName({ provinceId, agencyId: "*" });
  // The pattern also matches the dead-letter queues, so they are denied.
  fn.lambda.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ["sqs:SendMessage"],
      resources: [Stack.of(fn).formatArn({ service: "sqs", region, account, resource: deadLetters })],
    }),
  );
}

/** Lets `fn` count the messages in each agency queue and dead-letter queue. It cannot read them. */
export function grantReadQueueCounts(fn: ServiceFunction, provinceId: string): void {
  grantOnEveryQueue(fn, { provinceId, action: "sqs:GetQueueAttributes" });
}

// Tokens, not the stack's account and region: accepted cdk-nag findings must be the same text in every province.
const [region, account] = [Aws.REGION, Aws.ACCOUNT_ID];

function grantOnEveryQueue(fn: ServiceFunction, { provinceId, action }: { provinceId: string; action: string }): void {
  const queues = agencyQueueName({ provinceId, agencyId: "*" });
  fn.grant({
    name: "AGENCY_QUEUE_PREFIX",
    value: `https://sqs.${region}.${Aws.URL_SUFFIX}/${account}/${agencyQueuePrefix(provinceId)}`,
    actions: [action],
    resources: [Stack.of(fn).formatArn({ service: "sqs", region, account, resource: queues })],
  });
  acceptWildcard(fn, {
    resource: `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${queues}`,
    reason: "The province's agency queues, by their names.",
  });
}

const consumedQueueProps = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

type QueueProps = {
  /**
   * Environment variable with the queue's URL, by which the consumer postpones a failed message. Omit if the consumer
   * postpones nothing.
   */
  variable?: EnvironmentName;
  /** The timeout of the function that consumes the queue; by default ten seconds. */
  timeout?: Duration;
  /** How often a message is tried before it becomes a dead letter; by default 12. */
  tries?: number;
};

/**
 * Returns the stack's dead-letter queue, and creates it at the first call. All consumed queues of a stack share it: SQS
 * remembers the source queue of each message, and can move it back there.
 */
export function deadLettersOf(stack: Stack): Queue {
  const found = stack.node.tryFindChild("DeadLetters");
  if (found instanceof Queue) return found;
  const deadLetters = new Queue(stack, "DeadLetters", consumedQueueProps);
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
      ...consumedQueueProps,
      // Six times the function's timeout, as AWS advises. Otherwise a message could be received again during processing.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      // With the waits between them, twelve tries take over six hours, longer than most outages.
      deadLetterQueue: { queue: deadLettersOf(Stack.of(this)), maxReceiveCount: tries },
    });
  }

  grantSend(fn: ServiceFunction): void {
    this.grantAction(fn, "sqs:SendMessage");
  }

  /** Lets `fn` consume the queue. `batchSize` messages, one after the other, must fit into the function's timeout. */
  addConsumer(fn: ServiceFunction, { batchSize, maxConcurrency }: { batchSize: number; maxConcurrency: number }): void {
    // Lambda needs these three actions to read for the function. CDK's own grant would allow more. The function's code needs
    // only the action to postpone a message.
    const actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    fn.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [this.queue.queueArn] }));
    this.grantAction(fn, "sqs:ChangeMessageVisibility");
    // The id that CDK itself would use. Another id would be a second mapping, and AWS allows one for a queue and function.
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
   * Returns the queue as the target of an EventBridge rule; `message` is the content of each message. CDK's own target would
   * also allow the rule to read the queue's attributes.
   */
  asRuleTarget(message: RuleTargetInput): IRuleTarget {
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

  private grantAction(fn: ServiceFunction, action: string): void {
    const { queueUrl, queueArn } = this.queue;
    if (this.variable) fn.grant({ name: this.variable, value: queueUrl, actions: [action], resources: [queueArn] });
  }
}
