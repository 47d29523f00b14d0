import type { ProcessingStack } from "./processing.ts";
import { minutes, type Watches } from "./watch.ts";

/** Mails, and the files that citizens send. */
export function watchesOfMailAndFiles({ notifier, cleaner, confirmer }: ProcessingStack): Watches {
  return {
    MailNotSent: {
      metric: notifier.notifications.deadLetters.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact: "Somebody was not written to; the agencies' queues and the ladder are not touched by it.",
      firstStep: "read the log of send-notification; once SES works, move the dead letters back into the queue.",
    },
    BouncesPileUp: {
      metric: notifier.bounces.deadLetters.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact: "An address that bounced is still written to, which costs the sender its good name.",
      firstStep: "read the log of note-bounce.",
    },
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
