import { Aws, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { agencyQueueName, agencyQueuePrefix, deadLetterQueueName } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

/**
 * One pattern for all agencies: a grant for each queue would overflow the role's policy and tie the stacks together.
 */
export function lendAgencyQueues(fn: ServiceFunction, provinceId: string): void {
  lendEvery(fn, { provinceId, action: "sqs:SendMessage" });
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
export function lendQueueCounts(fn: ServiceFunction, provinceId: string): void {
  lendEvery(fn, { provinceId, action: "sqs:GetQueueAttributes" });
}

// Not the stack's, which are texts where a province names them: the patterns read alike in every province.
const [region, account] = [Aws.REGION, Aws.ACCOUNT_ID];

function lendEvery(fn: ServiceFunction, { provinceId, action }: { provinceId: string; action: string }): void {
  const queues = agencyQueueName({ provinceId, agencyId: "*" });
  fn.lend({
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
