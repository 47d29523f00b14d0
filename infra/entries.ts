import { apiFunctions } from "./routes.ts";

/** The entry file of every function's bundle, by the function's name in the stacks. */
export const entries: Record<string, string> = {
  ...Object.fromEntries(apiFunctions.map((name) => [name, `functions/api/${name}.ts`])),
  "dispatch-event": "functions/dispatch/dispatch-event.ts",
  "place-call": "functions/callbacks/place-call.ts",
  "send-canary": "functions/canary/send-canary.ts",
  "send-notification": "functions/notify/send-notification.ts",
  "note-bounce": "functions/notify/note-bounce.ts",
  "sweep-due": "functions/escalation/sweep-due.ts",
  "raise-complaint": "functions/escalation/raise-complaint.ts",
  "move-deadlines": "functions/hours/move-deadlines.ts",
  "close-periods": "functions/statistics/close-periods.ts",
  "count-own-figures": "functions/statistics/count-own-figures.ts",
  "forget-complaints": "functions/retention/forget-complaints.ts",
  "render-page": "functions/page/render-page.ts",
  "clean-file": "functions/attachments/clean-file.ts",
  "confirm-attachment": "functions/attachments/confirm-attachment.ts",
  "watch-queues": "functions/watch/watch-queues.ts",
  "push-events": "functions/push/push-events.ts",
  "note-undelivered": "functions/redrive/note-undelivered.ts",
  "redrive-events": "functions/redrive/redrive-events.ts",
};
