import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern } from "aws-cdk-lib/aws-logs";
import { ServiceFunction, whereMessage } from "#infra/constructs/service-function.ts";
import { webhooksOf } from "#shared/province/clients.ts";
import type { Province } from "#shared/province/schema.ts";
import { type LogEvent, logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "../processing.ts";
import { type AlarmDefinitions, hours, lessThanOne, minutes } from "./alarm.ts";

/** The functions behind the API: whether one fails, and whether one is not run. */
export function functionAlarms(processing: ProcessingStack, province: Province): AlarmDefinitions {
  countFailedRuns(processing);
  countCaughtFailures(processing);
  countFailingMessages(processing);
  return {
    FunctionFails: {
      metric: new Metric({ namespace: processing.stackName, metricName: failures, statistic: "Sum", ...minutes(5) }),
      threshold: failuresPerAlarm,
      // Two hours: an hourly function is run again by then, and a message that fails is tried again once an hour in the end.
      evaluationPeriods: 24,
      impact: "What follows from complaints is late or not done; it is tried again, and what is given up is kept.",
      firstStep: "see by one query which functions fail, and on what.",
    },
    MinuteRunsMissing: {
      ...missingRunAlarm(runEveryMinute(processing, province), minutes(5)),
      impact:
        "Late complaints may not climb, deadlines not follow changed hours, or events not be sent again or posted.",
      firstStep: "see which schedule is disabled, or which function was not run; all of it is caught up.",
    },
    HourlyRunsMissing: {
      ...missingRunAlarm(runEveryHour(processing), hours(2)),
      impact: "Figures may not be published, nothing be forgotten, or nobody notice that an agency does not read.",
      firstStep: "see which schedule is disabled, or which function was not run; all of it is caught up.",
    },
  };
}

/** The metric to which each failure of any function adds. */
const failures = "function failed";
/** The sum that raises the alarm: what one failure counts for that raises it alone. */
const failuresPerAlarm = 3;
/** How often a message of a queue has failed by half an hour after its first try. */
const triesInHalfAnHour = 6;

/**
 * Lambda's own line of a run that ended with an error or took too long. Of a function that runs every five minutes or hourly
 * one is enough: three would not come within one period.
 */
function countFailedRuns(processing: ProcessingStack): void {
  const { escalation, canary } = processing;
  // To end with an error is how raise-complaint tells its state machine that no rung is left. The canary has its own alarm.
  const others = [escalation.escalateComplaint, canary?.sendCanary];
  const rare = [...runEveryHour(processing), processing.page.renderPage];
  const filterPattern = FilterPattern.all(
    FilterPattern.stringValue("$.type", "=", "platform.report"),
    FilterPattern.stringValue("$.record.status", "!=", "success"),
  );
  for (const fn of processing.node.findAll().filter((one) => one instanceof ServiceFunction))
    if (!others.includes(fn)) {
      const metricValue = String(rare.includes(fn) ? failuresPerAlarm : 1);
      fn.addLogMetric({ metricName: failures, id: "run failed", filterPattern, metricValue });
    }
}

/** Failures that a function catches and logs, and goes on. */
function countCaughtFailures({ dispatcher, callList, retentionEraser, ...more }: ProcessingStack): void {
  const caught: [ServiceFunction, LogEvent, number][] = [
    [dispatcher.dispatchEvent, logEvents.eventNotConsumed, failuresPerAlarm],
    [callList.updateCallList, logEvents.callListNotUpdated, failuresPerAlarm],
    [retentionEraser.eraseComplaints, logEvents.notErased, failuresPerAlarm],
    [more.redriver.redriveEvents, logEvents.redriveNotExecuted, 1],
    [more.webhookSender.pushEvents, logEvents.webhookNotProcessed, 1],
    [more.escalation.processDueComplaints, logEvents.dueNotProcessed, 1],
    [more.deadlineMover.moveDeadlines, logEvents.deadlinesNotMoved, 1],
  ];
  for (const [fn, message, counts] of caught)
    fn.addLogMetric({
      metricName: failures,
      id: message,
      filterPattern: whereMessage(message),
      metricValue: String(counts),
    });
}

/** Messages of our own queues that fail again and again, hours before they are dead letters. */
function countFailingMessages({ redriver, notifier, cleaner, confirmer }: ProcessingStack): void {
  const consumers = [
    redriver.recordUndelivered,
    notifier.sendNotification,
    notifier.recordBounce,
    cleaner.cleanFile,
    confirmer.confirmAttachment,
  ];
  const filterPattern = FilterPattern.all(
    whereMessage(logEvents.messageNotConsumed),
    FilterPattern.numberValue("$.receives", ">=", triesInHalfAnHour),
  );
  for (const fn of consumers)
    fn.addLogMetric({
      metricName: failures,
      id: logEvents.messageNotConsumed,
      filterPattern,
      metricValue: String(failuresPerAlarm),
    });
}

function runEveryMinute({ escalation, deadlineMover, redriver, webhookSender }: ProcessingStack, province: Province) {
  // Where nobody has a webhook, nobody misses the function that posts to webhooks.
  const pushing = webhooksOf(province).length > 0 ? [webhookSender.pushEvents] : [];
  return [escalation.processDueComplaints, deadlineMover.moveDeadlines, redriver.redriveEvents, ...pushing];
}

function runEveryHour({ statisticsCounter, retentionEraser, queueMonitor }: ProcessingStack): ServiceFunction[] {
  return [
    statisticsCounter.closePeriods,
    statisticsCounter.countOwnFigures,
    retentionEraser.eraseComplaints,
    queueMonitor.monitorQueues,
  ];
}

/**
 * That one of the functions was not run in the period. The product of their runs is zero where one had none, and missing
 * where one has had none for long; a minimum might pass over the missing one.
 */
function missingRunAlarm(functions: ServiceFunction[], over: ReturnType<typeof minutes>) {
  const runs = functions.map(({ lambda }, n) => [`runs${n}`, lambda.metricInvocations(over)] as const);
  const expression = runs.map(([id]) => `FILL(${id}, 0)`).join(" * ");
  return {
    metric: new MathExpression({ expression, usingMetrics: Object.fromEntries(runs), ...over }),
    ...lessThanOne,
  };
}
