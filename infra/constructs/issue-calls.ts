import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { NetworkSegment } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { grantAskAboutIssues } from "./issue-grants.ts";
import { HourSchedule, ServiceFunction } from "./service-function.ts";

type IssueCallsProps = { complaints: ComplaintsTable; segment: NetworkSegment; bundle: string };

/** Puts linked citizens on the list of calls about mended issues, and verifies issues by what they answered. */
export class IssueCalls extends Construct {
  readonly askAboutIssues: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, segment, bundle }: IssueCallsProps) {
    super(scope, id);
    const description = "Asks linked citizens whether issues are mended, and verifies issues by their answers";
    this.askAboutIssues = new ServiceFunction(this, "ask-about-issues", {
      bundle,
      description,
      timeout: Duration.minutes(5),
      segment,
    });
    grantAskAboutIssues(complaints, this.askAboutIssues);
    new HourSchedule(this, "EveryHour", { fn: this.askAboutIssues, description: "Calls about issues, every hour" });
  }
}
