import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { AttachmentsBucket } from "./attachments-bucket.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import type { IdentitiesTable } from "./identities-table.ts";
import { HourSchedule, ServiceFunction } from "./service-function.ts";

type ForgetterProps = {
  complaints: ComplaintsTable;
  identities: IdentitiesTable;
  attachments: AttachmentsBucket;
  bundle: string;
};

/** Forgets what the province keeps no longer. Alone in its right to delete, and without a right to read an identity or a file. */
export class RetentionEraser extends Construct {
  readonly eraseComplaints: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, identities, attachments, bundle }: ForgetterProps) {
    super(scope, id);
    const description = "Forgets of cases that were closed long ago who complained, then texts and files, then all";
    this.eraseComplaints = new ServiceFunction(this, "forget-complaints", {
      bundle,
      description,
      timeout: Duration.minutes(1),
    });
    for (const kept of [complaints, identities, attachments]) kept.grantErasure(this.eraseComplaints);
    new HourSchedule(this, "EveryHour", {
      fn: this.eraseComplaints,
      description: "What is kept no longer, every hour",
    });
  }
}
