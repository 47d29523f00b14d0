import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
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
import { Construct } from "constructs";
import type { EnvironmentName } from "#shared/runtime/env.ts";
import type { LogEvent } from "#shared/runtime/log-events.ts";
import { acceptServerless } from "./accepted-findings.ts";
import { grantEntry, type NetworkPart } from "./closed-network.ts";

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
  part?: NetworkPart | undefined;
};

/**
 * A function that may do nothing but log, until a construct lends it a resource: its name and permission in one call.
 */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly roleArn: string;
  private readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { bundle, description, part, ...size }: ServiceFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, "Log", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.roleArn = role.roleArn;
    this.logGroup.grantWrite(role);
    if (part) grantEntry(role);
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
      ...part?.network,
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
  logged(message: LogEvent): Metric {
    const metric = this.counted({ metricName: message, filterPattern: whereMessage(message) });
    return metric.with({ statistic: "Sum", period: Duration.minutes(5) });
  }

  /** What the function logs in a field of a message. Only what is above nothing counts: a metric costs by the hour. */
  measured(message: LogEvent, field: string): Metric {
    const filterPattern = FilterPattern.all(whereMessage(message), FilterPattern.numberValue(`$.${field}`, ">", 0));
    const metric = this.counted({ metricName: `${message} ${field}`, filterPattern, metricValue: `$.${field}` });
    return metric.with({ statistic: "Maximum" });
  }

  /**
   * Adds a value to a metric for each line of the function's log that matches the pattern: 1 where no value is given. Several
   * functions of a stack may add to one metric; `id` tells the filters of one function apart.
   */
  counted({ metricName, id = metricName, filterPattern, metricValue = "1" }: Counted): Metric {
    const metricNamespace = Stack.of(this).stackName;
    return this.logGroup.addMetricFilter(id, { metricNamespace, metricName, filterPattern, metricValue }).metric();
  }

  /** Sets a variable that is no resource. */
  tell(name: EnvironmentName, value: string): void {
    this.lambda.addEnvironment(name, value);
  }

  /** Sets a variable, and allows exactly these actions on exactly these resources. */
  lend({ name, value, actions, resources, conditions }: Loan): void {
    this.lambda.addEnvironment(name, value);
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
  }
}

/** The pattern of a log filter that finds the lines of a message. */
export function whereMessage(message: LogEvent): JsonPattern {
  return FilterPattern.stringValue("$.message", "=", message);
}

type Counted = { metricName: string; id?: string; filterPattern: IFilterPattern; metricValue?: string };

export type Loan = {
  name: EnvironmentName;
  value: string;
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, unknown>>;
};
