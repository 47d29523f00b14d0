import type { Environment } from "aws-cdk-lib";
import type { Province } from "#shared/province/province.ts";

/** Where a province's stacks go, where its file says so: CDK then refuses every other account. */
export function placeOf({ account, region }: Province): { env: Environment } {
  return { env: { account, region } };
}
