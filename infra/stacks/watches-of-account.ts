import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ApiStack } from "./api.ts";
import type { ProcessingStack } from "./processing.ts";
import { minutes, type Watches } from "./watch.ts";

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
        period: Duration.hours(6),
      }),
      threshold: 3,
      impact: "Something that runs by the clock is not run; all of it is caught up once it is.",
      firstStep: "see which schedules are enabled, and whether their role may invoke their functions.",
    },
  };
}

/** Above these AWS reviews the account, and at twice and five times as much it stops its mail. */
function watchesOfSender(): Watches {
  const rate = (metricName: string) =>
    new Metric({ namespace: "AWS/SES", metricName, statistic: "Maximum", period: Duration.hours(1) });
  return {
    MailsBounce: {
      metric: rate("Reputation.BounceRate"),
      threshold: 0.05,
      impact: "One mail in twenty comes back: AWS reviews the account, and at one in ten nobody is mailed any more.",
      firstStep: "see in the log of note-bounce since when; a front end may take addresses that nobody typed twice.",
    },
    MailsComplainedOf: {
      metric: rate("Reputation.ComplaintRate"),
      threshold: 0.001,
      impact: "One reader in a thousand calls our mail spam: AWS reviews the account, and at five it stops its mail.",
      firstStep: "see in SES's own figures since when; a front end may enter addresses of people who did not file.",
    },
  };
}
