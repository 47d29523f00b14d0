import { Construct } from "constructs";
import type { NetworkSegment } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { grantReadNotices } from "./notice-grants.ts";
import { HourSchedule, ServiceFunction } from "./service-function.ts";

type NoticeClockProps = { complaints: ComplaintsTable; segment: NetworkSegment; bundle: string };

/** Ends notices to employees whose time is over, and tells citizens and the head of the centre. */
export class NoticeClock extends Construct {
  readonly advanceNotices: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, segment, bundle }: NoticeClockProps) {
    super(scope, id);
    const description = "What time does to notices to employees";
    this.advanceNotices = new ServiceFunction(this, "advance-notices", { bundle, description, segment });
    complaints.grantConfidential(this.advanceNotices, { adds: "noticeClock", hours: false });
    grantReadNotices(complaints, this.advanceNotices);
    complaints.grantList(this.advanceNotices, "notices");
    new HourSchedule(this, "EveryHour", { fn: this.advanceNotices, description: "Notices to employees, every hour" });
  }
}
