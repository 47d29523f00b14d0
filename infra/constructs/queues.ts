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

/** Queues are kept: an agency that is removed, renamed or moved to another stack must not take its messages with it. */
const agencyQueueRemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

const fifo = {
  fifo: true,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
  removalPolicy: agencyQueueRemovalPolicy,
};

/** One agency's queue, the dead letters it could not consume, and the one principal that may consume both. */
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
    if (consumer) for (const one of [queue, deadLetters]) one.addToResourcePolicy(consumerStatement(one, consumer));
    for (const construct of this.node.findAll())
      if (construct instanceof CfnQueuePolicy) construct.applyRemovalPolicy(agencyQueueRemovalPolicy);
  }
}

/** What of an agency its queue follows from. */
export type AgencyWithQueue = Pick<Agency, "id" | "consumer">;

/**
 * Allows the account on a condition, not the principal itself: naming one that does not exist yet fails the deployment.
 */
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
 * One pattern for all agencies: a grant for each queue would overflow the role's policy and tie the stacks together.
 */
export function grantSendToAgencyQueues(fn: ServiceFunction, provinceId: string): void {
  grantOnEveryQueue(fn, { provinceId, action: "sqs:SendMessage" });
  const deadLetters = deadLetterQueueName({ provinceId, agencyId: "*" });
  // The pattern fits the dead letters' queues too, and none can leave them out.
  fn.lambda.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ["sqs:SendMessage"],
      resources: [Stack.of(fn).formatArn({ service: "sqs", region, account, resource: deadLetters })],
    }),
  );
}

/** How many messages stand in each queue, the dead letters' too, which the pattern fits; not what they say. */
export function grantReadQueueCounts(fn: ServiceFunction, provinceId: string): void {
  grantOnEveryQueue(fn, { provinceId, action: "sqs:GetQueueAttributes" });
}

// Not the stack's, which are texts where a province names them: the patterns read alike in every province.
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
      // Six times the function's timeout, or a message could be handed out again while it is still worked on.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      // With the waits between, over six hours: longer than most outages.
      deadLetterQueue: { queue: deadLettersOf(Stack.of(this)), maxReceiveCount: tries },
    });
  }

  grantSend(fn: ServiceFunction): void {
    this.grantAction(fn, "sqs:SendMessage");
  }

  /** `batchSize` messages one after the other must fit into the function's time. */
  addConsumer(fn: ServiceFunction, { batchSize, maxConcurrency }: { batchSize: number; maxConcurrency: number }): void {
    // What Lambda asks of the role to read for the function; CDK's own grant would allow more. The function's code only
    // postpones.
    const actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    fn.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [this.queue.queueArn] }));
    this.grantAction(fn, "sqs:ChangeMessageVisibility");
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
