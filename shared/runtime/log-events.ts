/** What a function logs that somebody is woken for: the code that logs it and the alarm that listens name it by this table. */
export const logEvents = {
  /** A record of the stream was not consumed; it is tried again, and parked in the end. */
  eventNotConsumed: "event not consumed",
  /** A parked event was noted for admins to see. */
  eventUndelivered: "event undelivered",
  redriveNotCarriedOut: "redrive not carried out",
  dueNotAttended: "due complaint not attended",
  /** An entry of the index of what is due is none that code can read: that complaint does not climb. */
  dueUnreadable: "due complaint unreadable",
  deadlinesNotMoved: "deadlines not moved",
} as const;
export type LogEvent = (typeof logEvents)[keyof typeof logEvents];
