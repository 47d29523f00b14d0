import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  CustomState,
  DefinitionBody,
  Fail,
  JitterType,
  LogLevel,
  QueryLanguage,
  StateMachine,
  StateMachineType,
  Succeed,
  Wait,
  WaitTime,
} from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { acceptWildcard } from "./accepted-findings.ts";
import type { NetworkSegment } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { grantWriteIssues } from "./issue-grants.ts";
import { createVendedLog, MinuteSchedule, ServiceFunction } from "./service-function.ts";

/**
 * Each execution escalates one complaint or issue: raise it by one level, wait until the next level is due, raise again, until the
 * complaint is no longer late. Only the table decides which level is due. An execution may fail, run twice or continue at
 * the wrong time: each level is still raised exactly once.
 */
class EscalationMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { escalateComplaint }: { escalateComplaint: ServiceFunction }) {
    super(scope, id);
    const { functionArn } = escalateComplaint.lambda;
    this.machine = new StateMachine(this, "Machine", {
      stateMachineType: StateMachineType.STANDARD,
      queryLanguage: QueryLanguage.JSON_PATH,
      definitionBody: DefinitionBody.fromChainable(this.escalationStates(functionArn)),
      // All levels together take two weeks in both provinces. A stuck execution ends, and process-due-complaints starts another one.
      timeout: Duration.days(60),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: false,
        destination: createVendedLog(this, "Log", { service: "states" }),
      },
    });
    acceptWildcard(this.machine, { resource: "*", reason: "Log delivery and tracing know no narrower resource." });
    this.machine.addToRolePolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [functionArn] }));
  }

  grantStart(fn: ServiceFunction): void {
    const { stateMachineArn } = this.machine;
    fn.grant({
      name: "ESCALATION_MACHINE",
      value: stateMachineArn,
      actions: ["states:StartExecution"],
      resources: [stateMachineArn],
    });
  }

  private escalationStates(escalateComplaint: string): CustomState {
    // CDK's own task would allow the state machine to invoke every version of the function.
    const raise = new CustomState(this, "Escalate", {
      stateJson: {
        Type: "Task",
        Resource: escalateComplaint,
        Parameters: { "subject.$": "$.subject", "dueAt.$": "$.dueAt", "execution.$": "$$.Execution.Name" },
      },
    });
    const backoff = { interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 6, jitterStrategy: JitterType.FULL };
    raise.addRetry({ errors: ["NoLongerLate"], maxAttempts: 0 });
    raise.addRetry({ errors: ["States.ALL"], maxDelay: Duration.minutes(1), ...backoff });
    raise.addCatch(new Succeed(this, "NoLongerLate"), { errors: ["NoLongerLate"] });
    // A failed execution sets off an alarm. The complaint stays due, so process-due-complaints starts another execution.
    const cause = "The level could not be raised; see the function's log.";
    raise.addCatch(new Fail(this, "EscalationFailed", { error: "EscalationFailed", cause }));
    raise.next(new Wait(this, "WaitForNextLevel", { time: WaitTime.timestampPath("$.nextLevelAt") }).next(raise));
    return raise;
  }
}

type EscalationProps = { complaints: ComplaintsTable; segment: NetworkSegment; bundleOf: (name: string) => string };

/** Processes complaints whose deadline has passed: process-due-complaints finds them, and the state machine escalates the late ones. */
export class Escalation extends Construct {
  readonly escalateComplaint: ServiceFunction;
  readonly processDueComplaints: ServiceFunction;
  readonly machine: EscalationMachine;

  constructor(scope: Construct, id: string, { complaints, segment, bundleOf }: EscalationProps) {
    super(scope, id);
    this.escalateComplaint = new ServiceFunction(this, "escalate-complaint", {
      bundle: bundleOf("escalate-complaint"),
      description: "Raises a late complaint by one level",
      segment,
    });
    this.processDueComplaints = new ServiceFunction(this, "process-due-complaints", {
      bundle: bundleOf("process-due-complaints"),
      description: "Finds what is late or was left in silence",
    });
    complaints.grantConfidential(this.escalateComplaint, { by: ["one", "all"] });
    complaints.grantConfidential(this.processDueComplaints, { by: ["one", "all"], hours: false });
    complaints.grantUnlistReminders(this.processDueComplaints);
    complaints.grantList(this.escalateComplaint, "pendingHours");
    grantWriteIssues(complaints, this.escalateComplaint);
    grantWriteIssues(complaints, this.processDueComplaints);
    for (const list of ["due", "dueIssues", "dueVisits", "duePromises", "dueLateMails"] as const)
      complaints.grantList(this.processDueComplaints, list);
    this.machine = new EscalationMachine(this, "Climb", { escalateComplaint: this.escalateComplaint });
    this.machine.grantStart(this.processDueComplaints);
    new MinuteSchedule(this, "EveryMinute", {
      fn: this.processDueComplaints,
      description: "What is late, every minute",
    });
  }
}

type DeadlineMoverProps = { complaints: ComplaintsTable; segment: NetworkSegment; bundleOf: (name: string) => string };

/** Moves the deadlines of open complaints after an admin has changed office hours. */
export class DeadlineMover extends Construct {
  readonly moveDeadlines: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, segment, bundleOf }: DeadlineMoverProps) {
    super(scope, id);
    this.moveDeadlines = new ServiceFunction(this, "change-deadlines", {
      bundle: bundleOf("change-deadlines"),
      description: "Moves the deadlines that changed office hours touch",
      segment,
    });
    complaints.grantWrite(this.moveDeadlines, { by: ["one"] });
    complaints.grantWriteHours(this.moveDeadlines);
    complaints.grantList(this.moveDeadlines, "openInboxes");
    complaints.grantList(this.moveDeadlines, "pendingHours");
    new MinuteSchedule(this, "EveryMinute", { fn: this.moveDeadlines, description: "Changed hours, every minute" });
  }
}
