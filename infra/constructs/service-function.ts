import { Aws, Duration, Fn, RemovalPolicy, Stack, TimeZone } from "aws-cdk-lib";
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
 * Creates a log group for a log that an AWS service writes. CloudWatch Logs lets services write to any group under
 * `/aws/vendedlogs/`. For any other group it adds a statement to one policy of the account, which is full after about twenty
 * provinces. The name contains the stack's id, so that no other stack, present or earlier, has the same name.
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
  /** Megabytes; by default 512, enough for functions that mostly wait for other services. */
  memorySize?: number;
  /** By default ten seconds. Functions that write events must keep the default. */
  timeout?: Duration;
  /** Concurrency reserved for this function, which is also its limit. By default it shares the account's concurrency. */
  reservedConcurrentExecutions?: number;
  /** The network segment in which it runs; by default outside our network. */
  segment?: NetworkSegment | undefined;
};

/**
 * A Lambda function. At first its role may only write logs. Other constructs grant it their resources: one call sets the
 * environment variable and the permission.
 */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly roleArn: string;
  private readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { bundle, description, segment, ...limits }: ServiceFunctionProps) {
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
      // Must be less than `feedSettlesAfterMs`. Otherwise an event could appear in a feed before a position already read.
      timeout: Duration.seconds(10),
      ...limits,
      ...segment?.network,
      role,
      logGroup: this.logGroup,
      // WARN drops Lambda's three log lines for each successful invocation, a third of the cost of logs. Failures are
      // logged.
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

  /** Returns a metric that counts a message in the function's log. Lambda's own metrics do not count caught failures. */
  metricOfMessage(message: LogEvent): Metric {
    const metric = this.addLogMetric({ metricName: message, filterPattern: whereMessage(message) });
    return metric.with({ statistic: "Sum", period: Duration.minutes(5) });
  }

  /**
   * Returns a metric of a number in a log message. Zeros are not counted, since CloudWatch charges each hour with a value.
   */
  metricOfField(message: LogEvent, field: string): Metric {
    const filterPattern = FilterPattern.all(whereMessage(message), FilterPattern.numberValue(`$.${field}`, ">", 0));
    const metric = this.addLogMetric({ metricName: `${message} ${field}`, filterPattern, metricValue: `$.${field}` });
    return metric.with({ statistic: "Maximum" });
  }

  /**
   * Adds `metricValue` (by default 1) to a metric for each log line of the function that matches the pattern. Several
   * functions of a stack may add to the same metric. `id` must be unique among the filters of this function.
   */
  addLogMetric({ metricName, id = metricName, filterPattern, metricValue = "1" }: LogMetric): Metric {
    const metricNamespace = Stack.of(this).stackName;
    return this.logGroup.addMetricFilter(id, { metricNamespace, metricName, filterPattern, metricValue }).metric();
  }

  /** Sets an environment variable that names no resource. */
  setEnvironment(name: EnvironmentName, value: string): void {
    this.lambda.addEnvironment(name, value);
  }

  /** Sets the environment variable `name`, and allows exactly these actions on exactly these resources. */
  grant({ name, value, actions, resources, conditions }: FunctionGrant): void {
    this.lambda.addEnvironment(name, value);
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
  }
}

/** Returns a filter pattern that matches the log lines of a message. */
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

type ScheduledRun = { fn: ServiceFunction; description: string };

/**
 * Runs a function at regular intervals. A failed run is not retried, and a run that waits longer than the interval is
 * dropped: the next run finds the same work. Both limits are set twice, for the scheduler's asynchronous call and for
 * Lambda's queue of such calls.
 */
export function scheduleFunction(
  scope: Construct,
  {
    fn,
    description,
    every,
    expression = ScheduleExpression.rate(every),
  }: ScheduledRun & { every: Duration; expression?: ScheduleExpression },
): void {
  const stack = Stack.of(scope);
  const scheduleGroup = scheduleGroupOf(stack);
  const { functionArn: arn } = fn.lambda;
  const ownSchedules = { "aws:SourceAccount": stack.account, "aws:SourceArn": scheduleGroup.scheduleGroupArn };
  const assumedBy = new ServicePrincipal("scheduler.amazonaws.com", { conditions: { StringEquals: ownSchedules } });
  // CDK's own target would allow the role to invoke every version of the function.
  const role = new Role(scope, "Caller", { assumedBy });
  role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [arn] }));
  const retryPolicy = { maximumRetryAttempts: 0, maximumEventAgeInSeconds: every.toSeconds() };
  new Schedule(scope, "Schedule", {
    description,
    scheduleGroup,
    schedule: expression,
    target: { bind: () => ({ arn, role, retryPolicy }) },
  });
  fn.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
  acceptServerless(fn, {
    finding: "LambdaAsyncFailureDestination",
    reason: "Nothing is lost with a run: the next one finds the same work, and alarms count those that fail.",
  });
}

/** All schedules of a stack are in one group, because AWS counts dropped invocations by group. */
function scheduleGroupOf(stack: Stack): ScheduleGroup {
  const found = stack.node.tryFindChild("Schedules");
  if (found instanceof ScheduleGroup) return found;
  // By default CDK retains the group. Its name would then be taken when a deleted or rolled-back stack is created again.
  const removalPolicy = RemovalPolicy.DESTROY;
  return new ScheduleGroup(stack, "Schedules", { scheduleGroupName: stack.stackName, removalPolicy });
}

export class MinuteSchedule extends Construct {
  constructor(scope: Construct, id: string, runs: ScheduledRun) {
    super(scope, id);
    scheduleFunction(this, { ...runs, every: Duration.minutes(1) });
  }
}

/** Every hour on the hour of a time zone. The other hourly schedule runs at the minute of the deployment. */
export class FullHourSchedule extends Construct {
  constructor(scope: Construct, id: string, { timeZone, ...runs }: ScheduledRun & { timeZone: string }) {
    super(scope, id);
    const expression = ScheduleExpression.cron({ minute: "0", timeZone: TimeZone.of(timeZone) });
    scheduleFunction(this, { ...runs, every: Duration.hours(1), expression });
  }
}

export class HourSchedule extends Construct {
  constructor(scope: Construct, id: string, runs: ScheduledRun) {
    super(scope, id);
    scheduleFunction(this, { ...runs, every: Duration.hours(1) });
  }
}
