import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import { AgencyQueue, type AgencyWithQueue } from "../constructs/queues.ts";
import { environmentOf } from "../provinces/province-files.ts";

/** The queues of the agencies with one stack number. */
export class AgenciesStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { province, agencies }: { province: Province; agencies: AgencyWithQueue[] },
  ) {
    super(scope, id, { ...environmentOf(province), terminationProtection: true });
    for (const agency of agencies) new AgencyQueue(this, agency.id, { provinceId: province.id, agency });
  }
}
