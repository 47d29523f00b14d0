import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AccountPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnQueuePolicy, DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Agency } from "#shared/province/province.ts";
import { agencyQueueName, deadLetterQueueName } from "#shared/runtime/keys.ts";
import { acceptLastQueue } from "./accepted-findings.ts";

/** Queues are kept: an agency that is removed, renamed or moved to another stack must not take its messages with it. */
const kept = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

const fifo = {
  fifo: true,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
  removalPolicy: kept,
};

/** One agency's queue, the dead letters it could not consume, and the one principal that may consume both. */
export class AgencyQueue extends Construct {
  constructor(scope: Construct, id: string, { provinceId, agency }: { provinceId: string; agency: WithQueue }) {
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
    if (consumer) for (const one of [queue, deadLetters]) one.addToResourcePolicy(consumption(one, consumer));
    for (const construct of this.node.findAll())
      if (construct instanceof CfnQueuePolicy) construct.applyRemovalPolicy(kept);
  }
}

/** What of an agency its queue follows from. */
export type WithQueue = Pick<Agency, "id" | "consumer">;

/**
 * Allows the account on a condition, not the principal itself: naming one that does not exist yet fails the deployment.
 */
function consumption(queue: Queue, { account, principalArn }: NonNullable<Agency["consumer"]>): PolicyStatement {
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
