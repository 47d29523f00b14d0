import { Construct } from "constructs";
import type { ComplaintsTable } from "./complaints-table.ts";
import { HourSchedule } from "./hour-schedule.ts";
import type { IdentitiesTable } from "./identities-table.ts";
import { ServiceFunction } from "./service-function.ts";

type ForgetterProps = { complaints: ComplaintsTable; identities: IdentitiesTable; bundle: string };

/** Forgets what the province keeps no longer. Alone in its right to delete, and without a right to read an identity. */
export class Forgetter extends Construct {
  readonly forgetIdentities: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, identities, bundle }: ForgetterProps) {
    super(scope, id);
    const description = "Forgets who complained in cases that were closed long ago";
    this.forgetIdentities = new ServiceFunction(this, "forget-identities", { bundle, description });
    complaints.walkedThroughBy(this.forgetIdentities);
    identities.forgottenBy(this.forgetIdentities);
    new HourSchedule(this, "EveryHour", {
      runs: this.forgetIdentities,
      description: "What is kept no longer, every hour",
    });
  }
}
