import { Duration } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { deadLettersOf } from "#infra/constructs/queues.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "../processing.ts";
import { type AlarmDefinitions, hours, lessThanOne, minutes, missingAsZero } from "./alarm.ts";

/** Alarms of event delivery and escalation. */
export function processingAlarms(processing: ProcessingStack): AlarmDefinitions {
  return { ...eventAlarms(processing), ...escalationAlarms(processing) };
}

/** Alarms of the delivery of events to agencies, front ends and people. */
function eventAlarms({ dispatcher, redriver, webhookSender }: ProcessingStack): AlarmDefinitions {
  return {
    EventDeliveryDelayed: {
      metric: dispatcher.dispatchEvent.lambda.metric("IteratorAge", { statistic: "Maximum", ...minutes(5) }),
      threshold: Duration.minutes(2).toMilliseconds(),
      impact: "Agencies find events in their queues minutes late; their clocks run meanwhile.",
      firstStep: "read the log of dispatch-event for what it fails on.",
    },
    EventUndelivered: {
      metric: redriver.recordUndelivered.metricOfMessage(logEvents.eventUndelivered),
      threshold: 1,
      impact: "An agency, or a recipient of mail, did not learn of an event of a complaint.",
      firstStep:
        "GET /v1/admin/deliveries says of which; once the cause is gone, POST /v1/admin/deliveries/redrive sends it again.",
    },
    WebhookStopped: {
      metric: webhookSender.deliverWebhooks.metricOfMessage(logEvents.webhookStopped),
      threshold: 1,
      impact: "An agency or front end is sent no more events; they wait in its feed, and none is lost.",
      firstStep:
        "the log of deliver-webhooks says whose; GET /v1/admin/webhooks/{subscriber} says what its address answered; POST …/resume goes on.",
    },
  };
}

/** Alarms of the escalation of late complaints, and of the calendar that deadlines depend on. */
function escalationAlarms({ escalation }: ProcessingStack): AlarmDefinitions {
  return {
    DueComplaintUnreadable: {
      metric: escalation.processDueComplaints.metricOfMessage(logEvents.dueUnreadable),
      threshold: 1,
      impact: "A complaint is due that no code can read: it neither escalates nor expires until it is mended.",
      firstStep:
        "read its keys in the log of process-due-complaints, and compare the head with its events: npm run head -- <id>.",
    },
    EscalationLate: {
      metric: escalation.escalateComplaint.metricOfMessage(logEvents.escalatedLate),
      threshold: 1,
      impact:
        "Somebody heard of a late complaint a quarter of an hour or more after they should; it has escalated now.",
      firstStep:
        "see in the log of escalate-complaint how many; what kept the sweep or the executions has an alarm too.",
    },
    EscalationFailed: {
      metric: escalation.machine.machine.metricFailed(minutes(5)),
      threshold: 1,
      impact: "A late complaint did not escalate; the sweep tries again every five minutes.",
      firstStep: "open the failed execution and read the log of escalate-complaint.",
    },
    CalendarEnds: {
      metric: escalation.processDueComplaints
        .metricOfMessage(logEvents.calendarEnds)
        .with({ period: Duration.days(1) }),
      threshold: 1,
      impact:
        "Office hours or holidays are known for less than 90 days; after them the last week repeats, without holidays.",
      firstStep: "add the next year to infra/provinces/calendar/national.json, and deploy.",
    },
  };
}

/** Alarms of messages (SMS): none in a province that sends none. */
export function smsAlarms({ smsSender }: ProcessingStack): AlarmDefinitions {
  if (!smsSender) return {};
  const { sendSms } = smsSender;
  return {
    SmsMonthUsed: {
      metric: sendSms.metricOfField(logEvents.smsRun, "mostUsedPercent").with(hours(1)),
      threshold: 80,
      impact: "A front end has used most messages (SMS) of its month: its newest cases get none, and soon no case.",
      firstStep: "see in the log of send-sms which, and whether it files more than it should; raise its smsPerMonth.",
    },
    SmsRefused: {
      metric: sendSms.metricOfField(logEvents.smsRun, "rejected").with(hours(1)),
      threshold: 1,
      impact: "No provider took messages (SMS) to citizens; the next run tries them again.",
      firstStep: "see in the log of send-sms why: a key that is wrong, an account without credit, or an address.",
    },
  };
}

/** Alarms of our own queues, for mails and for citizens' files. */
export function queueAlarms(processing: ProcessingStack): AlarmDefinitions {
  const { notifier, cleaner } = processing;
  const age = minutes(5);
  return {
    QueueBacklog: {
      // SQS leaves messages that were received three times out of this metric. FunctionErrors covers these.
      metric: new MathExpression({
        expression: "MAX([FILL(mails, 0), FILL(files, 0)])",
        usingMetrics: {
          mails: notifier.notifications.queue.metricApproximateAgeOfOldestMessage(age),
          files: cleaner.uploads.queue.metricApproximateAgeOfOldestMessage(age),
        },
        ...age,
      }),
      threshold: 30 * 60,
      impact: "Mails, or files that citizens sent, have waited for half an hour: nobody takes them, or too many came.",
      firstStep: "see which queue is full, and whether its trigger is enabled.",
    },
    DeadLetters: {
      metric: deadLettersOf(processing).metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact:
        "A mail is not sent, a citizen's file is lost within a day, a bounce is not noted, or a parked event is not listed.",
      firstStep: "see which functions fail, and on what; once the cause is gone, move the dead letters back.",
    },
  };
}

/** Twice the interval of the schedule, so that each period contains a run. */
const overTwoRuns = hours(2);

/** Alarms of all agencies' queues: two alarms, however many agencies there are. */
export function agencyQueueAlarms({ queueMonitor: { monitorQueues } }: ProcessingStack): AlarmDefinitions {
  return {
    AgencyQueueNotRead: {
      metric: missingAsZero(monitorQueues.metricOfField(logEvents.queuesMonitored, "oldestSeconds").with(overTwoRuns)),
      threshold: Duration.hours(1).toSeconds(),
      impact: "An agency has not taken an event out of its queue for an hour; its clocks run meanwhile.",
      firstStep: "see in the log of monitor-queues which, and call its people: nothing is lost for 14 days.",
    },
    AgencyQueueDeadLetters: {
      metric: missingAsZero(monitorQueues.metricOfField(logEvents.queuesMonitored, "deadLetters").with(overTwoRuns)),
      threshold: 1,
      impact: "An agency received events five times and did not delete them; its people do not see those.",
      firstStep: "see in the log of monitor-queues which; once its program is mended, move the dead letters back.",
    },
  };
}

/** Alarms of the public figures and the public page. */
export function statisticsAlarms({ statisticsCounter, page }: ProcessingStack): AlarmDefinitions {
  return {
    FiguresNotPublished: {
      metric: statisticsCounter.closePeriods.metricOfMessage(logEvents.figuresNotPublished).with(hours(1)),
      threshold: 1,
      impact: "A month closed three days ago and its figures are not published; nothing is lost, and none are wrong.",
      firstStep: "read in the log of close-periods what it fails on; it goes on every hour where it stopped.",
    },
    PublicPageOutdated: {
      metric: missingAsZero(page.renderPage.metricOfMessage(logEvents.pageRendered).with(hours(24))),
      ...lessThanOne,
      impact:
        "The public page shows another day's office hours, and maybe an earlier month's figures; what it shows is whole.",
      firstStep: "see whether the schedule of render-page is enabled, then read its log.",
    },
  };
}
