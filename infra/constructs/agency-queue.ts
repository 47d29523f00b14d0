import { Duration } from "aws-cdk-lib";
import { AccountPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Agency } from "../../shared/domain/province.ts";

/** What every agency's queue name starts with; the dispatcher builds names from it, so no stack refers to another. */
export function agencyQueuePrefix(provinceId: string): string {
  return `foad-${provinceId}-agency-`;
}

const fifo = {
  fifo: true,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

/** One agency's queue with what it could not consume beside it, and the one principal that may consume. */
export class AgencyQueue extends Construct {
  constructor(scope: Construct, id: string, { provinceId, agency }: { provinceId: string; agency: Agency }) {
    super(scope, id);
    const name = `${agencyQueuePrefix(provinceId)}${agency.id}`;
    const deadLetters = new Queue(this, "DeadLetters", { ...fifo, queueName: `${name}-dlq.fifo` });
    const queue = new Queue(this, "Queue", {
      ...fifo,
      queueName: `${name}.fifo`,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout: Duration.minutes(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    if (agency.consumer) queue.addToResourcePolicy(consumption(queue, agency.consumer));
  }
}

/** The account with a condition, not the principal itself: one that does not exist yet would fail the deployment. */
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
