import { Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ComplaintsTable } from "../constructs/complaints-table.ts";
import { IdentitiesTable } from "../constructs/identities-table.ts";
import { Pepper } from "../constructs/pepper.ts";

/** What must outlive every deployment. */
export class DataStack extends Stack {
  readonly complaints: ComplaintsTable;
  readonly identities: IdentitiesTable;
  readonly pepper: Pepper;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.complaints = new ComplaintsTable(this, "Complaints");
    this.identities = new IdentitiesTable(this, "Identities");
    this.pepper = new Pepper(this, "Pepper");
  }
}
