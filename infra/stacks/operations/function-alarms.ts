import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern } from "aws-cdk-lib/aws-logs";
import { ServiceFunction, whereMessage } from "#infra/constructs/service-function.ts";
import { webhooksOf } from "#shared/province/clients.ts";
import type { Province } from "#shared/province/schema.ts";
import { type LogEvent, logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "../processing.ts";
import { type AlarmDefinitions, hours, lessThanOne, minutes } from "./alarm.ts";

/** Alarms of the functions in the processing stack: a function fails, or a schedule does not run its function. */
export function functionAlarms(processing: ProcessingStack, province: Province): AlarmDefinitions {
  countFailedRuns(processing);
  countCaughtFailures(processing);
  countFailingMessages(processing);
  return {
    FunctionErrors: {
      metric: new Metric({ namespace: processing.stackName, metricName: failures, statistic: "Sum", ...minutes(5) }),
      threshold: failuresPerAlarm,
      // Two hours. By then an hourly function has run again. A failing message is tried once an hour at the slowest.
      evaluationPeriods: 24,
      impact: "What follows from complaints is late or not done; it is tried again, and what is given up is kept.",
      firstStep: "see by one query which functions fail, and on what.",
    },
    MinuteRunsMissing: {
      ...missingRunAlarm(runEveryMinute(processing, province), minutes(5)),
      impact:
        "Late complaints may not escalate, deadlines not follow changed hours, or events not be sent again or posted.",
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
const failures = "function failures";
/** The sum that sets off the alarm. A failure that alone must set it off adds this value. */
const failuresPerAlarm = 3;
/** The number of failed tries of a message half an hour after its first try. */
const triesInHalfAnHour = 6;

/**
 * Counts Lambda's log lines of runs that ended with an error or a timeout. One failed run of a function that runs every five
 * minutes or hourly is enough for the alarm: three would not fail within one period.
 */
function countFailedRuns(processing: ProcessingStack): void {
  const { escalation, canary, issueCalls } = processing;
  // escalate-complaint ends with an error to tell its state machine that no level is left. The canary has its own alarm.
  const notCounted = [escalation.escalateComplaint, canary?.sendCanary];
  const runRarely = [...runEveryHour(processing), processing.page.renderPage, issueCalls.askAboutIssues];
  const filterPattern = FilterPattern.all(
    FilterPattern.stringValue("$.type", "=", "platform.report"),
    FilterPattern.stringValue("$.record.status", "!=", "success"),
  );
  for (const fn of processing.node.findAll().filter((one) => one instanceof ServiceFunction))
    if (!notCounted.includes(fn)) {
      const metricValue = String(runRarely.includes(fn) ? failuresPerAlarm : 1);
      fn.addLogMetric({ metricName: failures, id: "run failed", filterPattern, metricValue });
    }
}

/** Counts failures that a function catches and logs before it continues. The numbers are what each failure adds. */
function countCaughtFailures({ dispatcher, callList, retentionEraser, ...more }: ProcessingStack): void {
  const caught: [ServiceFunction, LogEvent, number][] = [
    [dispatcher.dispatchEvent, logEvents.eventNotConsumed, failuresPerAlarm],
    [callList.updateCallList, logEvents.callListNotUpdated, failuresPerAlarm],
    [retentionEraser.eraseComplaints, logEvents.notErased, failuresPerAlarm],
    [more.notifier.sendNotification, logEvents.smsNotSent, 1],
    [more.redriver.redriveEvents, logEvents.redriveNotExecuted, 1],
    [more.webhookSender.deliverWebhooks, logEvents.webhookNotProcessed, 1],
    [more.escalation.processDueComplaints, logEvents.dueNotProcessed, 1],
    [more.linkedAnswers.answerLinked, logEvents.linkedNotAnswered, 1],
    [more.issueCalls.askAboutIssues, logEvents.issueCallsNotProcessed, failuresPerAlarm],
    [more.deadlineMover.moveDeadlines, logEvents.deadlinesNotMoved, 1],
  ];
  if (more.noticeClock) caught.push([more.noticeClock.advanceNotices, logEvents.noticeNotAdvanced, failuresPerAlarm]);
  for (const [fn, message, counts] of caught)
    fn.addLogMetric({
      metricName: failures,
      id: message,
      filterPattern: whereMessage(message),
      metricValue: String(counts),
    });
}

/** Counts messages of our own queues that keep failing, hours before they become dead letters. */
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

function runEveryMinute(processing: ProcessingStack, province: Province) {
  const { escalation, deadlineMover, linkedAnswers, redriver, webhookSender } = processing;
  // In a province without webhooks it does not matter whether the function that posts to them runs.
  const pushing = webhooksOf(province).length > 0 ? [webhookSender.deliverWebhooks] : [];
  return [
    escalation.processDueComplaints,
    deadlineMover.moveDeadlines,
    redriver.redriveEvents,
    linkedAnswers.answerLinked,
    ...pushing,
  ];
}

/**
 * The functions whose missing runs raise an alarm. `ask-about-issues` runs every hour too and is not among them: each metric of an
 * alarm is paid, a round lasts two weeks, and the alarms on failed runs and on schedules cover it.
 */
function runEveryHour({
  statisticsCounter,
  retentionEraser,
  queueMonitor,
  smsSender,
  noticeClock,
}: ProcessingStack): ServiceFunction[] {
  return [
    statisticsCounter.closePeriods,
    statisticsCounter.countOwnFigures,
    statisticsCounter.proposeIssues,
    retentionEraser.eraseComplaints,
    queueMonitor.monitorQueues,
    ...(smsSender ? [smsSender.sendSms] : []),
    ...(noticeClock ? [noticeClock.advanceNotices] : []),
  ];
}

/**
 * Returns the metric and thresholds of an alarm that goes off if one of the functions did not run in the period. The product
 * of their runs is zero if one had no runs, and missing if one has had none for long. A minimum might ignore a missing
 * metric.
 */
function missingRunAlarm(functions: ServiceFunction[], over: ReturnType<typeof minutes>) {
  const runs = functions.map(({ lambda }, n) => [`runs${n}`, lambda.metricInvocations(over)] as const);
  const expression = runs.map(([id]) => `FILL(${id}, 0)`).join(" * ");
  return {
    metric: new MathExpression({ expression, usingMetrics: Object.fromEntries(runs), ...over }),
    ...lessThanOne,
  };
}
