import { Duration } from "aws-cdk-lib";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "./processing.ts";
import { minutes, type Watches } from "./watch.ts";

/** What follows from events, orders and time. */
export function watchesOfTheProcessing(processing: ProcessingStack): Watches {
  return { ...watchesOfEvents(processing), ...watchesOfEscalation(processing) };
}

/** How agencies and people hear of what happened. */
function watchesOfEvents({ dispatcher, redriver, pusher }: ProcessingStack): Watches {
  return {
    AgenciesHearLate: {
      metric: dispatcher.dispatchEvent.lambda.metric("IteratorAge", { statistic: "Maximum", ...minutes(5) }),
      threshold: Duration.minutes(2).toMilliseconds(),
      impact: "Agencies find events in their queues minutes late; their clocks run meanwhile.",
      firstStep: "read the log of dispatch-event for what it fails on.",
    },
    EventUndelivered: {
      metric: redriver.noteUndelivered.logged(logEvents.eventUndelivered),
      threshold: 1,
      impact: "An agency, or somebody who is told by mail, did not hear what happened to a complaint.",
      firstStep:
        "GET /v1/admin/deliveries says of which; once the cause is gone, POST /v1/admin/deliveries/redrive sends it again.",
    },
    WebhookStopped: {
      metric: pusher.pushEvents.logged(logEvents.webhookStopped),
      threshold: 1,
      impact: "An agency or front end is sent no more events; they wait in its feed, and none is lost.",
      firstStep:
        "the log of push-events says whose; GET /v1/admin/deliveries/{subscriber} says what its address answered; POST …/resume goes on.",
    },
  };
}

/** Late complaints, which climb the ladder, and the calendar by which they are late. */
function watchesOfEscalation({ escalation }: ProcessingStack): Watches {
  return {
    DueUnreadable: {
      metric: escalation.sweepDue.logged(logEvents.dueUnreadable),
      threshold: 1,
      impact: "A complaint is due that no code can read: it neither climbs nor expires until it is mended.",
      firstStep: "read its keys in the log of sweep-due, and compare the head with its events: npm run head -- <id>.",
    },
    RungRaisedLate: {
      metric: escalation.raiseComplaint.logged(logEvents.raisedLate),
      threshold: 1,
      impact: "Somebody heard of a late complaint a quarter of an hour or more after they should; it has climbed now.",
      firstStep: "see in the log of raise-complaint how many; what kept the sweep or the executions has an alarm too.",
    },
    RungNotRaised: {
      metric: escalation.climb.machine.metricFailed(minutes(5)),
      threshold: 1,
      impact: "A late complaint did not climb; the sweep tries again every five minutes.",
      firstStep: "open the failed execution and read the log of raise-complaint.",
    },
    CalendarEnds: {
      metric: escalation.sweepDue.logged(logEvents.calendarEnds).with({ period: Duration.days(1) }),
      threshold: 1,
      impact:
        "Office hours or holidays are known for less than 90 days; after them the last week repeats, without holidays.",
      firstStep: "add the next year to infra/provinces/calendar/national.json, and deploy.",
    },
  };
}
