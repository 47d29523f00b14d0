import { Duration } from "aws-cdk-lib";
import type { Province } from "#shared/province/province.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "./processing.ts";
import { minutes, notRun, type Watches } from "./watch.ts";
import { watchesOfMailAndFiles } from "./watches-of-mail-and-files.ts";
import { watchesOfWebhooks } from "./watches-of-webhooks.ts";

/** What follows from events, orders and time. */
export function watchesOfTheProcessing(processing: ProcessingStack, province: Province): Watches {
  const some = [
    watchesOfDispatch,
    watchesOfWebhooks,
    watchesOfCalls,
    watchesOfRedrive,
    watchesOfEscalation,
    watchesOfRungs,
    watchesOfHours,
    watchesOfMailAndFiles,
  ];
  return Object.assign({}, ...some.map((watchesOf) => watchesOf(processing, province)));
}

/** How agencies and people hear of what happened. */
function watchesOfDispatch({ dispatcher, redriver }: ProcessingStack): Watches {
  return {
    AgenciesHearLate: {
      metric: dispatcher.dispatchEvent.lambda.metric("IteratorAge", { statistic: "Maximum", ...minutes(5) }),
      threshold: Duration.minutes(2).toMilliseconds(),
      impact: "Agencies find events in their queues minutes late; their clocks run meanwhile.",
      firstStep: "read the log of dispatch-event for what it fails on.",
    },
    EventNotDispatched: {
      metric: dispatcher.dispatchEvent.logged(logEvents.eventNotConsumed),
      threshold: 1,
      impact: "Events wait to be told again; one that fails six times is parked, and somebody does not hear of it.",
      firstStep: "read the log of dispatch-event; GET /v1/admin/deliveries lists what was parked.",
    },
    EventUndelivered: {
      metric: redriver.noteUndelivered.logged(logEvents.eventUndelivered),
      threshold: 1,
      impact: "An agency, or somebody who is told by mail, did not hear what happened to a complaint.",
      firstStep:
        "GET /v1/admin/deliveries says of which; once the cause is gone, POST /v1/admin/deliveries/redrive sends it again.",
    },
    ParkedUnseen: {
      metric: redriver.parked.deadLetters.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact:
        "Events were parked that GET /v1/admin/deliveries does not list; nobody will think of sending them again.",
      firstStep: "read the log of note-undelivered, then move the dead letters back into the queue.",
    },
  };
}

/** Who is listed to be called back. */
function watchesOfCalls({ calls }: ProcessingStack): Watches {
  return {
    CallNotPlaced: {
      metric: calls.placeCall.logged(logEvents.callNotPlaced),
      threshold: 1,
      impact:
        "Somebody who was drawn to be called may not be listed; what fails six times is parked. It is listed once its case closes, the silent to the end never.",
      firstStep: "read the log of place-call for what it fails on.",
    },
    CallsCrash: {
      metric: calls.placeCall.lambda.metricErrors(minutes(5)),
      threshold: 3,
      impact: "Nobody new is listed to be called back; cases and agencies are not touched by it.",
      firstStep: "read the log of place-call.",
    },
  };
}

/** Events that admins have sent again. */
function watchesOfRedrive({ redriver }: ProcessingStack): Watches {
  return {
    NothingIsSentAgain: {
      ...notRun(redriver.redriveEvents, minutes(15)),
      impact: "What admins order to be sent again is not sent; nothing is lost, all of it is caught up.",
      firstStep: "see whether the minute schedule is enabled and its role may invoke redrive-events.",
    },
    NotSentAgain: {
      metric: redriver.redriveEvents.logged(logEvents.redriveNotCarriedOut),
      threshold: 3,
      impact: "What an admin ordered to be sent again is not sent; it is tried every minute, and nothing is lost.",
      firstStep: "read the log of redrive-events for what it fails on.",
    },
    RedriveCrashes: {
      metric: redriver.redriveEvents.lambda.metricErrors(minutes(5)),
      threshold: 3,
      impact: "What admins order to be sent again is not sent; all of it is caught up once the function works.",
      firstStep: "read the log of redrive-events.",
    },
  };
}

/** Late complaints, which climb the ladder. */
function watchesOfEscalation({ escalation }: ProcessingStack): Watches {
  return {
    NothingIsSwept: {
      ...notRun(escalation.sweepDue, minutes(5)),
      impact: "No late complaint climbs the ladder and no answer expires; nothing is lost, all of it is caught up.",
      firstStep: "see whether the minute schedule of the sweep is enabled and its role may invoke sweep-due.",
    },
    SweepCrashes: {
      metric: escalation.sweepDue.lambda.metricErrors(minutes(5)),
      threshold: 3,
      impact: "Late complaints are found late; all of it is caught up once the sweep works.",
      firstStep: "read the log of sweep-due.",
    },
    SweepFails: {
      metric: escalation.sweepDue.logged(logEvents.dueNotAttended),
      threshold: 3,
      impact: "Some late complaints do not climb; the sweep tries each again every minute.",
      firstStep: "read in the log of sweep-due which, and what fails for them.",
    },
    DueUnreadable: {
      metric: escalation.sweepDue.logged(logEvents.dueUnreadable),
      threshold: 1,
      impact: "A complaint is due that no code can read: it neither climbs nor expires until it is mended.",
      firstStep: "read its keys in the log of sweep-due, and compare the head with its events: npm run head -- <id>.",
    },
  };
}

/** The rungs that late complaints climb. */
function watchesOfRungs({ escalation }: ProcessingStack): Watches {
  return {
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
  };
}

/** Deadlines that follow changed hours. */
function watchesOfHours({ hours, escalation }: ProcessingStack): Watches {
  return {
    NothingIsMoved: {
      ...notRun(hours.moveDeadlines, minutes(15)),
      impact: "Where offices changed their hours no running deadline moves; all of it is caught up.",
      firstStep: "see whether the minute schedule is enabled and its role may invoke move-deadlines.",
    },
    DeadlinesDoNotMove: {
      metric: hours.moveDeadlines.logged(logEvents.deadlinesNotMoved),
      threshold: 3,
      impact: "Offices changed their hours and running deadlines stand where they were; all of it is caught up.",
      firstStep: "read the log of move-deadlines.",
    },
    CalendarEnds: {
      metric: escalation.sweepDue.logged(logEvents.calendarEnds).with({ period: Duration.days(1) }),
      threshold: 1,
      impact:
        "Office hours or holidays are known for less than 90 days; after them the last week repeats, without holidays.",
      firstStep: "add the next year to infra/provinces/calendar/national.json, and deploy.",
    },
    HoursCrash: {
      metric: hours.moveDeadlines.lambda.metricErrors(minutes(5)),
      threshold: 3,
      impact: "Where offices changed their hours no running deadline moves; all of it is caught up.",
      firstStep: "read the log of move-deadlines.",
    },
  };
}
