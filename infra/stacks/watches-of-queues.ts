import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { deadLettersOf } from "../constructs/consumed-queue.ts";
import type { ProcessingStack } from "./processing.ts";
import { minutes, type Watches } from "./watch.ts";

/** Our own queues, by which mails are sent and files of citizens made anew. */
export function watchesOfQueues(processing: ProcessingStack): Watches {
  const { notifier, cleaner } = processing;
  const age = minutes(5);
  return {
    MessagesWait: {
      // SQS no longer counts a message that was tried three times; FunctionFails tells of that one.
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
    DeadLettersWait: {
      metric: deadLettersOf(processing).metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 1,
      impact:
        "A mail is not sent, a citizen's file is lost within a day, a bounce is not noted, or a parked event is not listed.",
      firstStep: "see which functions fail, and on what; once the cause is gone, move the dead letters back.",
    },
  };
}
