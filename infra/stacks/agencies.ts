import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import { AgencyQueue, type WithQueue } from "../constructs/agency-queue.ts";
import { placeOf } from "./place.ts";

/** The queues of the agencies with one stack number. */
export class AgenciesStack extends Stack {
  constructor(scope: Construct, id: string, { province, agencies }: { province: Province; agencies: WithQueue[] }) {
    super(scope, id, { ...placeOf(province), terminationProtection: true });
    for (const agency of agencies) new AgencyQueue(this, agency.id, { provinceId: province.id, agency });
  }
}
