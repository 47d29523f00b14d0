import { Construct } from "constructs";
import type { ComplaintsTable } from "./complaints-table.ts";
import { grantAnswerLinked } from "./issue-grants.ts";
import { MinuteSchedule, ServiceFunction } from "./service-function.ts";

type LinkedAnswersProps = { complaints: ComplaintsTable; bundle: string };

/** Answers the open complaints that are linked to an issue and held by its agency, as the agency ordered. */
export class LinkedAnswers extends Construct {
  readonly answerLinked: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, bundle }: LinkedAnswersProps) {
    super(scope, id);
    this.answerLinked = new ServiceFunction(this, "answer-linked-complaints", {
      bundle,
      description: "Answers the complaints of an issue, as its agency ordered",
    });
    grantAnswerLinked(complaints, this.answerLinked);
    new MinuteSchedule(this, "EveryMinute", { fn: this.answerLinked, description: "Answers of issues, every minute" });
  }
}
