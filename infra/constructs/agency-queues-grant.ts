import { Aws, Stack } from "aws-cdk-lib";
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
  // Not the stack's, which are texts where a province names them: the patterns read alike in every province.
  const [region, account] = [Aws.REGION, Aws.ACCOUNT_ID];
  fn.lend({
    name: "AGENCY_QUEUE_PREFIX",
    value: `https://sqs.${region}.${Aws.URL_SUFFIX}/${account}/${prefix}`,
    actions: ["sqs:SendMessage"],
    resources: [Stack.of(fn).formatArn({ service: "sqs", region, account, resource: queues })],
  });
  // The pattern fits the dead letters' queues too, and none can leave them out.
  fn.lambda.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ["sqs:SendMessage"],
      resources: [Stack.of(fn).formatArn({ service: "sqs", region, account, resource: deadLetters })],
    }),
  );
  acceptWildcard(fn, {
    resource: `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${queues}`,
    reason: "The province's agency queues, by their names.",
  });
}
