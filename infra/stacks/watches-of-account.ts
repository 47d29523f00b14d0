import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ApiStack } from "./api.ts";
import type { ProcessingStack } from "./processing.ts";
import { hours, minutes, type Watches } from "./watch.ts";

type Stacks = { api: ApiStack; processing: ProcessingStack };

/**
 * What can stop everything at once. Throttles and the sender's name AWS counts by account and region alone, or for the price of an
 * alarm for each function: provinces that share an account are told of each other's.
 */
export function watchesOfTheAccount({ api: { readPage }, processing }: Stacks): Watches {
  return {
    ...watchesOfFunctions(readPage.lambda.metricThrottles(minutes(5))),
    ...watchesOfSchedules(processing.stackName),
    ...watchesOfSender(),
  };
}

/** Readers of the page have a share of their own, and an alarm of their own. */
function watchesOfFunctions(ofPage: Metric): Watches {
  const ofAll = new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", statistic: "Sum", ...minutes(5) });
  return {
    FunctionsThrottled: {
      metric: new MathExpression({
        expression: "FILL(all, 0) - FILL(page, 0)",
        usingMetrics: { all: ofAll, page: ofPage },
        ...minutes(5),
      }),
      threshold: 5,
      impact:
        "The account runs as many functions at once as it may: requests are answered 5xx, queues and clocks wait.",
      firstStep: "see how many run and how many may; ask AWS for more (quota Concurrent executions).",
    },
  };
}

function watchesOfSchedules(ScheduleGroup: string): Watches {
  return {
    ScheduleFails: {
      metric: new Metric({
        namespace: "AWS/Scheduler",
        metricName: "InvocationDroppedCount",
        dimensionsMap: { ScheduleGroup },
        statistic: "Sum",
        // Three runs of those that run every hour fit into it.
        ...hours(6),
      }),
      threshold: 3,
      impact: "Something that runs by the clock is not run; all of it is caught up once it is.",
      firstStep: "see which schedules are enabled, and whether their role may invoke their functions.",
    },
  };
}

/**
 * AWS reviews the account where one mail in twenty comes back, or one reader in a thousand calls ours spam. At twice and five
 * times as much it stops the account's mail.
 */
function watchesOfSender(): Watches {
  const rate = (metricName: string) =>
    new Metric({ namespace: "AWS/SES", metricName, statistic: "Maximum", ...hours(1) });
  return {
    MailUnwelcome: {
      metric: new MathExpression({
        expression: "MAX([FILL(bounced, 0) / 0.05, FILL(complained, 0) / 0.001])",
        usingMetrics: { bounced: rate("Reputation.BounceRate"), complained: rate("Reputation.ComplaintRate") },
        ...hours(1),
      }),
      threshold: 1,
      impact: "Too many mails come back or are called spam: AWS reviews the account, and may stop all its mail.",
      firstStep: "see which of the two, and since when; a front end may take addresses that nobody checked.",
    },
  };
}
