import type { Province } from "#shared/province/province.ts";
import { webhooksOf } from "#shared/province/webhooks.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { Pusher } from "../constructs/pusher.ts";
import type { ProcessingStack } from "./processing.ts";
import { minutes, notRun, type Watches } from "./watch.ts";

/** Agencies and front ends that are sent their feeds. */
export function watchesOfWebhooks({ pusher }: ProcessingStack, province: Province): Watches {
  return {
    ...(webhooksOf(province).length > 0 ? watchesOfPushing(pusher) : {}),
    WebhookStopped: {
      metric: pusher.pushEvents.logged(logEvents.webhookStopped),
      threshold: 1,
      impact: "An agency or front end is sent no more events; they wait in its feed, and none is lost.",
      firstStep:
        "the log of push-events says whose; GET /v1/admin/deliveries/{subscriber} says what its address answered; POST …/resume goes on.",
    },
    WebhookNotFollowed: {
      metric: pusher.pushEvents.logged(logEvents.webhookNotFollowed),
      threshold: 3,
      impact: "Some webhooks hear late; each is tried again every minute, and nothing is lost.",
      firstStep: "read the log of push-events for what it fails on.",
    },
    WebhooksCrash: {
      metric: pusher.pushEvents.lambda.metricErrors(minutes(5)),
      threshold: 3,
      impact: "No webhook is sent anything; all of it is caught up once the function works.",
      firstStep: "read the log of push-events.",
    },
  };
}

/** Where nobody has a webhook, nobody misses it. */
function watchesOfPushing({ pushEvents }: Pusher): Watches {
  return {
    NothingIsPushed: {
      ...notRun(pushEvents, minutes(15)),
      impact: "No webhook is sent anything; events wait in the feeds, and all of it is caught up.",
      firstStep: "see whether the minute schedule is enabled and its role may invoke push-events.",
    },
  };
}
