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
import type { ServiceFunction } from "./service-function.ts";
import { vendedLog } from "./vended-log.ts";

/**
 * Climbs the ladder with one complaint: raise, wait for the next rung, raise again, until the complaint is no longer
 * late. The table alone decides what is due: an execution may die, run twice or wake at the wrong time, and every rung
 * is still raised once.
 */
export class EscalationMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { raiseComplaint }: { raiseComplaint: ServiceFunction }) {
    super(scope, id);
    const { functionArn } = raiseComplaint.lambda;
    this.machine = new StateMachine(this, "Machine", {
      stateMachineType: StateMachineType.STANDARD,
      queryLanguage: QueryLanguage.JSON_PATH,
      definitionBody: DefinitionBody.fromChainable(this.climb(functionArn)),
      // Both provinces' ladders take two weeks. An execution that is stuck, or waits for longer, ends; the sweep starts another.
      timeout: Duration.days(60),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: false,
        destination: vendedLog(this, "Log", { service: "states" }),
      },
    });
    acceptWildcard(this.machine, { resource: "*", reason: "Log delivery and tracing know no narrower resource." });
    this.machine.addToRolePolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [functionArn] }));
  }

  startedBy(fn: ServiceFunction): void {
    const { stateMachineArn } = this.machine;
    fn.lend({
      name: "ESCALATION_MACHINE",
      value: stateMachineArn,
      actions: ["states:StartExecution"],
      resources: [stateMachineArn],
    });
  }

  private climb(raiseComplaint: string): CustomState {
    // CDK's own task would let the machine call every version of the function.
    const raise = new CustomState(this, "Raise", {
      stateJson: {
        Type: "Task",
        Resource: raiseComplaint,
        Parameters: { "id.$": "$.id", "due.$": "$.due", "execution.$": "$$.Execution.Name" },
      },
    });
    const patience = { interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 6, jitterStrategy: JitterType.FULL };
    raise.addRetry({ errors: ["LateNoMore"], maxAttempts: 0 });
    raise.addRetry({ errors: ["States.ALL"], maxDelay: Duration.minutes(1), ...patience });
    raise.addCatch(new Succeed(this, "LateNoMore"), { errors: ["LateNoMore"] });
    // A failed execution raises an alarm; the complaint stays due, so the sweep starts another.
    const cause = "The rung could not be raised; see the function's log.";
    raise.addCatch(new Fail(this, "NotRaised", { error: "NotRaised", cause }));
    raise.next(new Wait(this, "WaitForRung", { time: WaitTime.timestampPath("$.waitUntil") }).next(raise));
    return raise;
  }
}
