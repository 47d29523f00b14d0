import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { AttachmentsBucket } from "./attachments-bucket.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import type { IdentitiesTable } from "./identities-table.ts";
import { HourSchedule, ServiceFunction } from "./service-function.ts";

type RetentionEraserProps = {
  complaints: ComplaintsTable;
  identities: IdentitiesTable;
  attachments: AttachmentsBucket;
  bundle: string;
};

/**
 * Erases data whose retention period is over. No other function may delete items of the tables. This one cannot read an
 * identity or a file.
 */
export class RetentionEraser extends Construct {
  readonly eraseComplaints: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, identities, attachments, bundle }: RetentionEraserProps) {
    super(scope, id);
    const description = "Forgets of cases that were closed long ago who complained, then texts and files, then all";
    this.eraseComplaints = new ServiceFunction(this, "apply-retention", {
      bundle,
      description,
      timeout: Duration.minutes(1),
    });
    for (const store of [complaints, identities, attachments]) store.grantErasure(this.eraseComplaints);
    new HourSchedule(this, "EveryHour", {
      fn: this.eraseComplaints,
      description: "What is kept no longer, every hour",
    });
  }
}
