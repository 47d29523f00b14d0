/** The log messages that alarms match, for the code that logs them and for the alarms. */
export const logEvents = {
  /** A record of the table's stream failed. Lambda retries it, and parks it in a bucket if it keeps failing. */
  eventNotConsumed: "event processing failed",
  /** The list of citizens to call could not be updated. The record is retried, and parked if it keeps failing. */
  callListNotUpdated: "call list update failed",
  /** A message of one of our queues failed. It is tried again, and becomes a dead letter if it keeps failing. */
  messageNotConsumed: "message processing failed",
  /** A parked event was recorded as undelivered; admins see it. */
  eventUndelivered: "event undelivered",
  /** How many messages and dead letters the agencies' queues have. */
  queuesMonitored: "agency queues monitored",
  /** A complaint was escalated long after it was due. */
  escalatedLate: "escalation late",
  redriveNotExecuted: "redrive failed",
  /** A webhook gets no more events until an admin resumes it. */
  webhookStopped: "webhook stopped",
  /** A webhook's events could not be read, or its subscription not be saved. The next run tries again. */
  webhookNotProcessed: "webhook processing failed",
  dueNotProcessed: "due complaint processing failed",
  /** An item of the index `due` could not be read: its complaint is neither escalated nor closed by the clock. */
  dueUnreadable: "due complaint unreadable",
  /** An inspector exceeded the day's limit of identities, or the call centre that of phones, and is blocked. */
  tooManyIdentityReads: "identity read limit reached",
  /** A secret was typed that is not the complaint's. The line does not say which complaint was meant. */
  wrongSecret: "wrong secret",
  /** Office hours or holidays are known for less than 90 days. After their end the last weekly hours are repeated. */
  calendarEnds: "calendar ends",
  /** A complaint that is linked to an issue could not get the answer that the agency ordered. The next run tries again. */
  linkedNotAnswered: "linked complaint not answered",
  /** Linked citizens could not be put on the list of calls about an issue, or the result of the calls or of a visit not be written. The next run tries again. */
  issueCallsNotProcessed: "calls about issue not processed",
  /** Time did not reach a notice to an employee. The next run tries again. */
  noticeNotAdvanced: "notice not advanced",
  deadlinesNotMoved: "deadline change failed",
  /** A month should have closed days ago, but its figures are not published. */
  figuresNotPublished: "figures not published",
  /** Data of a case is kept longer than the province's file allows. */
  notErased: "retention erasure failed",
  /** A run of messages (SMS): how many were sent, how many all providers refused, and the largest part of a month that a front end used. */
  smsRun: "sms run",
  /** The sender of messages could not do its work. The next run continues. */
  smsNotSent: "sms not sent",
  /** The public page was made anew, as on every day. */
  pageRendered: "page rendered",
} as const;
export type LogEvent = (typeof logEvents)[keyof typeof logEvents];
