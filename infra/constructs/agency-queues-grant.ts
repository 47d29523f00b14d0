import { Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { agencyQueueName, agencyQueuePrefix, deadLetterQueueName } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

/**
 * One pattern for all agencies: a grant for each queue would overflow the role's policy and tie the stacks together.
 */
export function lendAgencyQueues(fn: ServiceFunction, provinceId: string): void {
  const prefix = agencyQueuePrefix(provinceId);
  const every = { provinceId, agencyId: "*" };
  const queues = agencyQueueName(every);
  const deadLetters = deadLetterQueueName(every);
  const { region, urlSuffix, account } = Stack.of(fn);
  fn.lend({
    name: "AGENCY_QUEUE_PREFIX",
    value: `https://sqs.${region}.${urlSuffix}/${account}/${prefix}`,
    actions: ["sqs:SendMessage"],
    resources: [Stack.of(fn).formatArn({ service: "sqs", resource: queues })],
  });
  // The pattern fits the dead letters' queues too, and none can leave them out.
  fn.lambda.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ["sqs:SendMessage"],
      resources: [Stack.of(fn).formatArn({ service: "sqs", resource: deadLetters })],
    }),
  );
  acceptWildcard(fn, {
    resource: `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${queues}`,
    reason: "The province's agency queues, by their names.",
  });
}
