import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "./processing.ts";
import { hours, minutes, orZero, type Watches } from "./watch.ts";

/** Mails, and the files that citizens send. */
export function watchesOfMailAndFiles(processing: ProcessingStack): Watches {
  return { ...watchesOfMail(processing), ...watchesOfFiles(processing) };
}

function watchesOfMail({ notifier }: ProcessingStack): Watches {
  return {
    MailNotSent: {
      metric: notifier.notifications.deadLetters.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact: "Somebody was not written to; the agencies' queues and the ladder are not touched by it.",
      firstStep: "read the log of send-notification; once SES works, move the dead letters back into the queue.",
    },
    MailsFail: {
      // Each fails for the sixth time half an hour after the first, and then once an hour.
      metric: orZero(notifier.sendNotification.measured(logEvents.messageNotConsumed, "receives").with(hours(2))),
      threshold: 6,
      impact: "A mail, or every mail, has failed for half an hour; it is tried for six hours before it is given up.",
      firstStep: "read the log of send-notification for what it fails on: where it is SES, nobody is mailed.",
    },
    MailsWait: {
      // What was tried three times SQS counts no more.
      metric: notifier.notifications.queue.metricApproximateAgeOfOldestMessage(minutes(5)),
      threshold: 30 * 60,
      impact:
        "Mails have waited for half an hour to be tried: nobody takes them out of the queue, or too many are due.",
      firstStep: "see whether send-notification runs, and whether its trigger is enabled.",
    },
    BouncesPileUp: {
      metric: notifier.bounces.deadLetters.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact: "An address that bounced is still written to, which costs the sender its good name.",
      firstStep: "read the log of note-bounce.",
    },
  };
}

function watchesOfFiles({ cleaner, confirmer }: ProcessingStack): Watches {
  return {
    UploadsNotCleaned: {
      metric: cleaner.uploads.deadLetters.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact: "A file that a citizen sent is neither served nor refused, and a day after it was sent it is gone.",
      firstStep: "read the log of clean-file, and move the dead letters back into the queue before the day is over.",
    },
    UploadsWait: {
      metric: cleaner.uploads.queue.metricApproximateAgeOfOldestMessage(minutes(5)),
      threshold: 30 * 60,
      impact: "Files that citizens sent have waited for half an hour: too many came, or some take very long.",
      firstStep: "read the log of clean-file; files of one complaint that keep it busy are refused by themselves.",
    },
    UploadsNotConfirmed: {
      metric: confirmer.verdicts.deadLetters.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact: "A file that a citizen sent stands with no complaint; a day after it was announced nobody waits for it.",
      firstStep:
        "read the log of confirm-attachment, and move the dead letters back into the queue before the day is over.",
    },
  };
}
