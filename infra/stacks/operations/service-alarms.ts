import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ComplaintsApi } from "#infra/constructs/complaints-api.ts";
import type { ServiceFunction } from "#infra/constructs/service-function.ts";
import type { Province } from "#shared/province/schema.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { ApiStack } from "../api.ts";
import type { ProcessingStack } from "../processing.ts";
import { type AlarmDefinitions, hours, lessThanOne, minutes } from "./alarm.ts";

/**
 * The alarm of the canary, which tests the whole service from outside. At least one of its two runs in two hours must
 * succeed.
 */
export function canaryAlarms({ canary }: ProcessingStack): AlarmDefinitions {
  if (!canary) return {};
  const { lambda } = canary.sendCanary;
  const usingMetrics = { runs: lambda.metricInvocations(hours(2)), failed: lambda.metricErrors(hours(2)) };
  return {
    CanaryFailed: {
      metric: new MathExpression({ expression: "FILL(runs, 0) - FILL(failed, 0)", usingMetrics, ...hours(2) }),
      ...lessThanOne,
      impact: "Somewhere on the way from filing to closing complaints are stuck, or citizens and agencies are refused.",
      firstStep: "read the log of run-canary: its last error names the step that failed.",
    },
  };
}

type Stacks = { api: ApiStack; processing: ProcessingStack };

/**
 * Alarms of faults that stop everything at once. AWS counts throttles and mail reputation only by account and region
 * (throttles also by function, at the price of one alarm each). Provinces that share an account therefore get each other's
 * alarms.
 */
export function accountAlarms({ api: { readPage }, processing }: Stacks): AlarmDefinitions {
  return {
    ...throttleAlarms(readPage.lambda.metricThrottles(minutes(5))),
    ...scheduleAlarms(processing.stackName),
    ...mailReputationAlarms(),
  };
}

/** Throttles of all functions except the public page, which has its own reserved concurrency and its own alarm. */
function throttleAlarms(pageThrottles: Metric): AlarmDefinitions {
  const allThrottles = new Metric({
    namespace: "AWS/Lambda",
    metricName: "Throttles",
    statistic: "Sum",
    ...minutes(5),
  });
  return {
    FunctionsThrottled: {
      metric: new MathExpression({
        expression: "FILL(all, 0) - FILL(page, 0)",
        usingMetrics: { all: allThrottles, page: pageThrottles },
        ...minutes(5),
      }),
      threshold: 5,
      impact:
        "The account runs as many functions at once as it may: requests are answered 5xx, queues and clocks wait.",
      firstStep: "see how many run and how many may; ask AWS for more (quota Concurrent executions).",
    },
  };
}

function scheduleAlarms(ScheduleGroup: string): AlarmDefinitions {
  return {
    ScheduleErrors: {
      metric: new Metric({
        namespace: "AWS/Scheduler",
        metricName: "InvocationDroppedCount",
        dimensionsMap: { ScheduleGroup },
        statistic: "Sum",
        // Long enough for three dropped runs of an hourly schedule.
        ...hours(6),
      }),
      threshold: 3,
      impact: "Something that runs by the clock is not run; all of it is caught up once it is.",
      firstStep: "see which schedules are enabled, and whether their role may invoke their functions.",
    },
  };
}

/**
 * SES reviews an account if 5 % of its mails bounce or 0.1 % are reported as spam. It stops the account's mail at 10 %
 * bounces or 0.5 % reports.
 */
function mailReputationAlarms(): AlarmDefinitions {
  const rate = (metricName: string) =>
    new Metric({ namespace: "AWS/SES", metricName, statistic: "Maximum", ...hours(1) });
  return {
    MailReputationLow: {
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

/**
 * Alarms of the API: failed and refused requests, identity reads, guessed secrets, throttled readers of the page. If the province requires
 * its edge, also requests that bypass it.
 */
export function apiAlarms(stack: ApiStack, { edge }: Pick<Province, "edge">): AlarmDefinitions {
  const { api, readPage } = stack;
  return {
    ...requestAlarms(api),
    ...refusalAlarms(api),
    ...(edge?.required ? edgeAlarms(api) : {}),
    ...identityAlarms(stack),
    ...guessingAlarms(stack),
    ...pageAlarms(readPage),
  };
}

function requestAlarms(api: ComplaintsApi): AlarmDefinitions {
  return {
    RequestErrors: {
      metric: api.metricOfStatus("5*", { route: "*/v1/*" }),
      threshold: 5,
      impact:
        "Front ends, agencies or citizens are asked to come back later; a request sent again with its key is safe.",
      firstStep:
        "see in the gateway's log which route answers 5xx, and in its function's log what \"request failed\" names.",
    },
  };
}

/** Functions refuse callers that bypass the edge. If the edge sends a wrong key, they refuse everybody. */
function edgeAlarms(api: ComplaintsApi): AlarmDefinitions {
  return {
    DirectAccessRefused: {
      metric: api.metricOfStatus(403),
      threshold: 300,
      impact: "Everybody may be refused, if the edge's key does not hold; or somebody calls around the edge.",
      firstStep:
        "see whether the edge answers the catalog; where that is 403 direct-access-not-allowed, demand it no more.",
    },
  };
}

function identityAlarms({ readIdentity, renewSecret, calls }: ApiStack): AlarmDefinitions {
  // Log messages of all these functions add to the same metric.
  for (const fn of [renewSecret, calls]) fn.metricOfMessage(logEvents.tooManyIdentityReads);
  return {
    IdentityReadLimitReached: {
      metric: readIdentity.metricOfMessage(logEvents.tooManyIdentityReads),
      threshold: 1,
      impact:
        "An inspector asked for more identities, or the call centre for more phones, than anybody needs in a day, and reads no more.",
      firstStep: "ask them why; GET /v1/admin/identity-limits lists them, DELETE lets one go on.",
    },
  };
}

/**
 * Guesses at citizens' secrets. A thousand guesses an hour raise it before the 600th: 299 may fall into the hour before. A
 * slower search takes hundreds of thousands of years (SECURITY.md).
 */
function guessingAlarms({ takingSecrets: [first, ...others] }: ApiStack): AlarmDefinitions {
  // Log messages of all these functions add to the same metric.
  for (const fn of others) fn.metricOfMessage(logEvents.wrongSecret);
  return {
    SecretsGuessed: {
      metric: first.metricOfMessage(logEvents.wrongSecret).with(hours(1)),
      threshold: 300,
      impact: "Somebody tries secrets of citizens, of one complaint or of many; nobody is locked out by it.",
      firstStep:
        "see in the gateway's log whether the guesses come through a front end; where they do, retire its client.",
    },
  };
}

/** More readers than the reserved concurrency of the public page can serve. */
function pageAlarms(readPage: ServiceFunction): AlarmDefinitions {
  return {
    PublicPageThrottled: {
      metric: readPage.lambda.metricThrottles(minutes(5)),
      threshold: 50,
      impact: "Readers of the public page are refused; front ends, agencies and citizens notice nothing of it.",
      firstStep: "if it is real interest, put an edge in front of the page (docs/page.md); it needs nothing of us.",
    },
  };
}

/**
 * More refusals than ordinary mistakes cause. An answer 429 counts three times, because real complaints may be among the
 * requests refused with it.
 */
function refusalAlarms(api: ComplaintsApi): AlarmDefinitions {
  const metricName = "requests refused";
  const metric = api.metricOfStatus(401, { metricName });
  api.metricOfStatus(404, { metricName, route: "*/v1/complaints/{id}*" });
  api.metricOfStatus(429, { metricName, route: "*/v1/*", times: 3 });
  return {
    RequestsRefused: {
      metric,
      threshold: 300,
      impact:
        "A client's tokens are no longer taken, somebody guesses at citizens' secrets, or callers come too often.",
      firstStep: "see in the gateway's log which status was answered, on which routes and since when.",
    },
  };
}
