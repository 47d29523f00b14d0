/**
 * Every number by which the product decides: limits, windows, thresholds, and how long something is kept. Numbers that a
 * province sets are in its file; limits of AWS and of formats stand where they are met. Each is a plain number, so that a bundle leaves out
 * what it does not use.
 */

// What one may write.

/** Characters of a description, a message, an answer: two pages of a letter. */
export const longestText = 4_000;
/** Characters of a reason, a promised action, a comment: a quarter of a description is enough. */
export const longestReason = 1_000;
/** Characters of a reason for other hours, which stands in lists and on the public page. */
export const longestHoursReason = 500;
/** Promised actions of one answer or decision; more is a plan, which belongs into a file. */
export const mostPromisedActions = 20;
/** Messages and statements of each side in one complaint: a view holds them all, and Lambda answers 6 MB at most. */
export const mostMessagesPerSide = 50;
/** Opinions of the citizen on one complaint: each view reads them all. */
export const mostOpinions = 20;
/** Bytes of one file (10 MB), enough for a photo or a scanned letter, and files of one complaint. */
export const uploadLimits = { size: 10_485_760, files: 20 };
/** Announcements of files in one complaint, whatever became of the files: three tries for each of twenty. */
export const mostAnnouncements = 60;
/** Entries of one page of a list at the most, and where the caller does not say how many: a screen full. */
export const mostPageSize = 100;
export const defaultPageSize = 25;
/** Months of own figures in one answer: two years, for a comparison with the year before. */
export const mostMonthsOfOwnFigures = 24;

// The life of a complaint.

/** Transfers after which only an inspector may transfer a complaint, or it goes round without an answer. */
export const mostTransfersByAgencies = 2;
/** Consents after filing, to the agency and to being called each: enough to change one's mind. */
export const mostConsents = 5;
/** Visits ordered in one complaint: each view of citizen and inspector reads them all. */
export const mostVisits = 20;
/** How long a complaint stays with the inspector who took it: after a day another inspector may take it. */
export const claimHours = 24;
/** How far the clock of a caller's device may be off from ours: one that is set by hand is a few minutes off. */
export const toleratedClockDifferenceMinutes = 5;
/** How long after closing an opinion is taken: until it shows whether what was promised was done. */
export const opinionPeriodDays = 30;
/** How long after closing the employee's statement is taken: as long as an opinion. */
export const statementPeriodDays = 30;
/** How long before confirmation ends the silent are called: nearly all their time is over, and they may still dispute. */
export const silentCitizensCalledLastDays = 3;
/** Days on which a citizen is rung in vain before they are left alone. */
export const mostDaysWithoutContact = 3;
/** How long an announced file is waited for: a day, for a line that fails. */
export const announcedFileDays = 1;
/** How long a refused file is kept with the reason, for the citizen to see. */
export const refusedFileDays = 30;
/** How long an upload link holds: time to choose a file and send ten megabytes over a slow line. */
export const uploadLinkSeconds = 600;
/** How long a download link holds: a browser follows it at once, and nobody should pass it on. */
export const downloadLinkSeconds = 60;
/** How long an idempotency key is remembered: longer than anybody tries the same request again. */
export const idempotencyKeyDays = 1;

// The sandbox.

/** How long a complaint of the sandbox is kept after it was filed: a fortnight's work on a program. */
export const sandboxComplaintDays = 14;
/** Complaints that a program on trial files in a minute: as many as a front end, so that a program in a circle fills no table. */
export const sandboxFilingsPerMinute = 60;

// Mail.

/** Complaints that may begin to mail one address on a day: whoever files may name anybody's address. */
export const mostComplaintsMailedPerDay = 5;
/** How long an address that bounced is not tried: its mailbox may be back after a year. */
export const bouncedAddressDays = 365;
/** How long ago events may have happened that an admin sends again: an agency reads older ones in its feed. */
export const redrivePeriodDays = 30;
/** How long a sent mail is noted: a day longer than events may be sent again, or those at the edge would be mailed twice. */
export const sentMailDays = 31;
/** Events that one order names to be sent again; more are ordered by period. */
export const mostEventsInOrder = 100;
/** How long an undelivered event stays noted after it was sent again (of the sandbox: after it was parked), should somebody ask. */
export const undeliveredEventDays = 90;

// Webhooks.

/** How long a webhook may take to answer: meanwhile its next events wait. */
export const webhookTimeoutMs = 10_000;
/** How long to wait after the first failure, and at the most: each wait is twice as long as the one before. */
export const webhookFirstRetryMs = 10_000;
export const webhookLongestRetryHours = 2;
/** After so long without a success a webhook is stopped: somebody has to look. */
export const webhookStoppedAfterHours = 24;
/** Attempts that an admin can read of one webhook: with waits of two hours, a day of failures. */
export const mostWebhookAttemptsKept = 20;
/** Resumes that are told apart from new ones; nobody makes more in a day. */
export const mostWebhookResumesKept = 50;
/** How long both secrets sign after a rotation: a week, for the subscriber to exchange it in working hours. */
export const previousWebhookSecretDays = 7;

// Deadlines and the calendar.

/** The shortest deadline: the sweep looks once a minute, and below this a case is late before anybody has read it. */
export const shortestDeadline = "PT5M";
/** The longest deadline by clock: half a year; 800 hours are about half a year of an office's. */
export const longestDeadline = { elapsed: "P180D", "office-hours": "PT800H" } as const;
/** Intervals of one day's other hours: no office opens and closes more often. */
export const mostIntervalsPerDay = 10;
/** Days before the calendar ends on which an alarm says so: hours and holidays are announced in the last weeks of a year. */
export const calendarWarningDays = 90;
/** Days. Longer than any closure a government could order: a calendar that is closed for so long is a mistake. */
export const longestClosureDays = 400;

// What is kept and forgotten.

/** How long after closing each kind is kept where the file is silent. Two years are practice of inspectors' offices, the others ours. */
export const defaultRetention = { identity: "P730D", texts: "P1825D", events: "P3650D" } as const;
/** How often a month with open cases, or cases that closed late, is looked at again to forget: a month at the most too late. */
export const erasureRetryDays = 30;
/** How long the true counts of a closing month are kept: longer than a closing could stand still, or a rest would look like all. */
export const exactCountsKeptDays = 400;

// Published figures.

/** Published counts are multiples of this: at random, it hides each single complaint. */
export const roundingBase = 5;
/** What waits for an answer is rounded to multiples of this: it is counted while cases are open, so it tells more. */
export const waitingRoundingBase = 10;
/** A smaller number of waiting complaints is published as `<20`: 0 or 10 would say too much of an almost empty backlog. */
export const fewestWaitingPublished = 20;
/** How far apart two counts must be for one to be surely the larger: random rounding moves each by at most four. */
export const surelyMore = 8;
/** A breakdown is published where its own classes add up to this: smaller ones say little and name much. */
export const fewestInBreakdown = 20;
/** Complaints from which on agencies are compared, and a median is said: below it chance decides. */
export const fewestCompared = 20;
/** The width, of 1, beyond which the interval of a share is too wide for the share to be said. */
export const widestInterval = 0.5;
/** Agencies that a comparison needs at least: fewer have no spread. */
export const fewestAgenciesCompared = 5;
/** Published answers of called citizens that `clearly-better` needs. */
export const fewestCalledAnswers = 20;
/** Standard deviations from which on an agency differs from its peers, and clearly (95 % and 99.8 %). */
export const comparisonLimits = { watch: 1.96, clear: 3.09 };
/** How many times the province's share the lower end of an agency's interval is over where a flag is set. */
export const flagFactor = 3;
/** Values that a trend needs: with fewer the usual limits say nothing yet. */
export const fewestInTrend = 12;
/** An acceptance so soon after the answer is quick, as if nobody had read it. */
export const quickAcceptanceMinutes = 60;
/** Citizens of one agency who are called in a quarter, as a rule: enough for shares, few enough to be rung. */
export const callsPerQuarter = 90;
/** Phones that the call centre lists in a day, for each agency: a week's draw, so that a centre that was closed for a week catches up. */
export const phonesPerAgencyAndDay = 7;
/** Days after a period's end on which it closes: answers to its last complaints, disputes and decisions come meanwhile. */
export const closingDelayDays = 15;
/** How late a closing may be before an alarm: so long a province of a million complaints a month may take. */
export const closingLateDays = 3;
/** The time of a month's first morning at which the waiting are counted, after midnight: before any office opens. */
export const waitingCountedFromHour = 6;
/** Months without a complaint before which there were none: no province is silent for so long. */
export const mostMonthsWithoutFilings = 14;
