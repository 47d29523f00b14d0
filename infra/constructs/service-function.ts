import { Aws, Duration, Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { FilterPattern, type IFilterPattern, type JsonPattern, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Schedule, ScheduleExpression, ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { EnvironmentName } from "#shared/runtime/environment.ts";
import type { LogEvent } from "#shared/runtime/log-events.ts";
import { acceptServerless } from "./accepted-findings.ts";
import { grantNetworkInterfaces, type NetworkSegment } from "./closed-network.ts";

/**
 * A log that a service of AWS writes by itself. CloudWatch Logs allows a service every group under `/aws/vendedlogs/` at
 * once; a group elsewhere takes a line of one policy for the whole account, which is full after some twenty provinces.
 * The stack's own id keeps the name from ever being taken, by another province or by a stack that was here before.
 */
export function createVendedLog(scope: Construct, id: string, { service }: { service: "apis" | "states" }): LogGroup {
  const stackId = Fn.select(2, Fn.split("/", Aws.STACK_ID));
  return new LogGroup(scope, id, {
    logGroupName: `/aws/vendedlogs/${service}/${Stack.of(scope).stackName}/${stackId}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

type ServiceFunctionProps = {
  /** Folder of the function's bundle. */
  bundle: string;
  description: string;
  /** Megabytes; 512 for what waits more than it works. */
  memorySize?: number;
  /** Ten seconds for all that write events. */
  timeout?: Duration;
  /** How many of it may run at once, kept apart from all others; as many as the account has left where this says nothing. */
  reservedConcurrentExecutions?: number;
  /** Where it runs; in none of our networks where this says nothing. */
  segment?: NetworkSegment | undefined;
};

/**
 * A function that may do nothing but log, until a construct lends it a resource: its name and permission in one call.
 */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly roleArn: string;
  private readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { bundle, description, segment, ...size }: ServiceFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, "Log", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.roleArn = role.roleArn;
    this.logGroup.grantWrite(role);
    if (segment) grantNetworkInterfaces(role);
    this.lambda = new LambdaFunction(this, "Function", {
      description,
      code: Code.fromAsset(bundle),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      // Must stay below the time that feeds wait (`feedSettlesAfterMs`), or an event could appear behind a cursor.
      timeout: Duration.seconds(10),
      ...size,
      ...segment?.network,
      role,
      logGroup: this.logGroup,
      // Lambda's three lines of each invocation would be a third of what logs cost; of those that fail it still tells.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { NODE_OPTIONS: "--enable-source-maps", POWERTOOLS_SERVICE_NAME: id },
    });
    acceptServerless(this, {
      finding: "LambdaDLQ",
      reason: "Only schedules call without waiting for an answer, and their next run finds the same work.",
    });
    acceptServerless(this, {
      finding: "LambdaTracing",
      reason: "What happened is told by the logs. The tracer's library would add 39 ms to every start.",
    });
  }

  /** Counts how often the function logs a message: failures that it catches are no errors to Lambda. */
  metricOfMessage(message: LogEvent): Metric {
    const metric = this.addLogMetric({ metricName: message, filterPattern: whereMessage(message) });
    return metric.with({ statistic: "Sum", period: Duration.minutes(5) });
  }

  /** What the function logs in a field of a message. Only what is above nothing counts: a metric costs by the hour. */
  metricOfField(message: LogEvent, field: string): Metric {
    const filterPattern = FilterPattern.all(whereMessage(message), FilterPattern.numberValue(`$.${field}`, ">", 0));
    const metric = this.addLogMetric({ metricName: `${message} ${field}`, filterPattern, metricValue: `$.${field}` });
    return metric.with({ statistic: "Maximum" });
  }

  /**
   * Adds a value to a metric for each line of the function's log that matches the pattern: 1 where no value is given. Several
   * functions of a stack may add to one metric; `id` tells the filters of one function apart.
   */
  addLogMetric({ metricName, id = metricName, filterPattern, metricValue = "1" }: LogMetric): Metric {
    const metricNamespace = Stack.of(this).stackName;
    return this.logGroup.addMetricFilter(id, { metricNamespace, metricName, filterPattern, metricValue }).metric();
  }

  /** Sets a variable that is no resource. */
  setEnvironment(name: EnvironmentName, value: string): void {
    this.lambda.addEnvironment(name, value);
  }

  /** Sets a variable, and allows exactly these actions on exactly these resources. */
  grant({ name, value, actions, resources, conditions }: FunctionGrant): void {
    this.lambda.addEnvironment(name, value);
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
  }
}

/** The pattern of a log filter that finds the lines of a message. */
export function whereMessage(message: LogEvent): JsonPattern {
  return FilterPattern.stringValue("$.message", "=", message);
}

type LogMetric = { metricName: string; id?: string; filterPattern: IFilterPattern; metricValue?: string };

export type FunctionGrant = {
  name: EnvironmentName;
  value: string;
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, unknown>>;
};

export type ScheduledRun = { fn: ServiceFunction; description: string };

/**
 * Runs a function again and again. A run that fails is not retried, and none waits beyond its time: the next one finds the
 * same work. Both are said twice: of the schedule's call, which waits for no answer, and of the run that it asks for.
 */
export function scheduleFunction(
  scope: Construct,
  { fn, description, every }: ScheduledRun & { every: Duration },
): void {
  const stack = Stack.of(scope);
  const scheduleGroup = groupOf(stack);
  const { functionArn: arn } = fn.lambda;
  const ours = { "aws:SourceAccount": stack.account, "aws:SourceArn": scheduleGroup.scheduleGroupArn };
  const assumedBy = new ServicePrincipal("scheduler.amazonaws.com", { conditions: { StringEquals: ours } });
  // CDK's own target would let its role call every version of the function.
  const role = new Role(scope, "Caller", { assumedBy });
  role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [arn] }));
  const retryPolicy = { maximumRetryAttempts: 0, maximumEventAgeInSeconds: every.toSeconds() };
  new Schedule(scope, "Schedule", {
    description,
    scheduleGroup,
    schedule: ScheduleExpression.rate(every),
    target: { bind: () => ({ arn, role, retryPolicy }) },
  });
  fn.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
  acceptServerless(fn, {
    finding: "LambdaAsyncFailureDestination",
    reason: "Nothing is lost with a run: the next one finds the same work, and alarms count those that fail.",
  });
}

/** All schedules of a stack, by whose name AWS counts those that it dropped: no neighbour's are among them. */
function groupOf(stack: Stack): ScheduleGroup {
  const found = stack.node.tryFindChild("Schedules");
  if (found instanceof ScheduleGroup) return found;
  // CDK would have it kept: its name would be taken when a stack that was rolled back, or taken down, is made again.
  const removalPolicy = RemovalPolicy.DESTROY;
  return new ScheduleGroup(stack, "Schedules", { scheduleGroupName: stack.stackName, removalPolicy });
}

/** Runs a function every minute. */
export class MinuteSchedule extends Construct {
  constructor(scope: Construct, id: string, runs: ScheduledRun) {
    super(scope, id);
    scheduleFunction(this, { ...runs, every: Duration.minutes(1) });
  }
}

/** Runs a function every hour. */
export class HourSchedule extends Construct {
  constructor(scope: Construct, id: string, runs: ScheduledRun) {
    super(scope, id);
    scheduleFunction(this, { ...runs, every: Duration.hours(1) });
  }
}
