/** Log messages that alarms listen for: named here once, for the code that logs them and for the alarms. */
export const logEvents = {
  /** A record of the stream could not be consumed; it is retried, and parked if it keeps failing. */
  eventNotConsumed: "event not consumed",
  /** A complaint that was drawn to be called could not be put on the list; it is retried, and parked at last. */
  callListNotUpdated: "call not placed",
  /** A message of a queue of ours failed; it is tried again, and a dead letter at last. */
  messageNotConsumed: "message not consumed",
  /** A parked event was noted for admins to see. */
  eventUndelivered: "event undelivered",
  /** What agencies have left in their queues, and could not consume. */
  queuesMonitored: "agency queues watched",
  /** A rung was raised long after it was due. */
  escalatedLate: "complaint raised late",
  redriveNotExecuted: "redrive not carried out",
  /** A webhook is sent nothing more until an admin resumes it. */
  webhookStopped: "webhook stopped",
  /** What waits for a webhook could not be read or its place not be written; the next run tries again. */
  webhookNotProcessed: "webhook not followed",
  dueNotProcessed: "due complaint not attended",
  /** An item of the index `due` could not be read: its complaint neither climbs nor expires. */
  dueUnreadable: "due complaint unreadable",
  /** An inspector asked for more identities, or the call centre for more phones, than anybody needs in a day, and is refused. */
  tooManyIdentityReads: "identities read too many",
  /** Hours or holidays are known for less than 90 days, or no longer: then the last weekly pattern goes on. */
  calendarEnds: "calendar ends",
  deadlinesNotMoved: "deadlines not moved",
  /** A month should have closed days ago, and its figures are not published. */
  figuresNotPublished: "figures not published",
  /** Something of a case is kept longer than the province says. */
  notErased: "not forgotten",
  /** The public page was made anew, which each new day brings about. */
  pageRendered: "page rendered",
} as const;
export type LogEvent = (typeof logEvents)[keyof typeof logEvents];
