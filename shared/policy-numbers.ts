/**
 * Every policy number of the product: limits, windows, thresholds and retention periods. Numbers that a province sets are in
 * its province file. Limits of AWS and of file formats are in the code that meets them. Each number is its own constant, so
 * that a bundle contains only the numbers it uses.
 */

// Requests.

/** Characters of a description, a message or an answer: two pages of a letter. */
export const longestText = 4_000;
/** Characters of a reason, a promised action or a comment: a quarter of a description is enough. */
export const longestReason = 1_000;
/** Characters of the reason for special office hours, which appears in lists and on the public page. */
export const longestHoursReason = 500;
/** Promised actions of one answer or decision. A longer list is a plan, which belongs in a file. */
export const mostPromisedActions = 20;
/** Messages and statements of each side in one complaint: a view contains all, and Lambda answers 6 MB at most. */
export const mostMessagesPerSide = 50;
/** Messages that a lately renewed secret leaves to the citizen: enough to say that somebody else wrote the others. */
export const messagesKeptForCitizen = 10;
/** Opinions of the citizen on one complaint: each view reads all. */
export const mostOpinions = 20;
/** `size`: bytes of one file (10 MB), enough for a photo or a scanned letter. `files`: files of one complaint. */
export const uploadLimits = { size: 10_485_760, files: 20 };
/** Announcements of files in one complaint, refused and expired files included: three attempts for each of 20 files. */
export const mostAnnouncements = 60;
/** Entries on one page of a list, at most. */
export const mostPageSize = 100;
/** Entries on one page where the request does not contain a number: they fill a screen. */
export const defaultPageSize = 25;
/** Months of an agency's own figures in one answer: two years, to compare a year with the previous year. */
export const mostMonthsOfOwnFigures = 24;

/** Days of visits in one request: a quarter, as a calendar shows at most. */
export const mostVisitDays = 93;
/** Characters of the citizen's text that a list shows: a line and a half, enough to recognize the case. */
export const excerptLength = 140;

// The life of a complaint.

/** Transfers after which only an inspector may transfer: agencies could otherwise pass a complaint around for ever. */
export const mostTransfersByAgencies = 2;
/** Consents after filing, counted separately for sharing the identity, for calls and for messages: enough to change one's mind. */
export const mostConsents = 5;
/** Secrets of a complaint, one after the other: all are compared with each guess, and fifteen renewals suffice for a lost paper. */
export const mostSecretGenerations = 16;
/** Renewals of a secret by one inspector alone. Each later one needs two: somebody renews again and again only to act for the citizen. */
export const renewalsByOneInspector = 5;
/** Minutes within which a second inspector confirms such a renewal: the citizen stands at the desk. */
export const secondInspectorMinutes = 15;
/** Hours for which a renewed secret ends nothing, answers nothing and gives nothing away: the citizen reads of the renewal first. */
export const renewedSecretRestsHours = 48;
/** Visits ordered in one complaint: each view of citizen and inspector reads all. */
export const mostVisits = 20;
/** Days ahead for which a visit is planned at most: the same as the longest closure of offices. */
export const furthestVisitDays = 400;
/** Times that the visits of one complaint are planned, moved or assigned to another inspector: five for each visit. */
export const mostVisitPlans = 100;
/** Hours for which an inspector's claim holds: after a day another inspector may claim the complaint. */
export const claimHours = 24;
/** Office hours before its deadline in which a step counts as due soon: a short office day still has a warning. */
export const dueSoonHours = 2;
/** Tolerated difference between a device's clock and ours: a clock that is set by hand is a few minutes off. */
export const toleratedClockDifferenceMinutes = 5;
/** Days after closing in which the citizen may give an opinion: by then it is known whether promised actions were done. */
export const opinionPeriodDays = 30;
/** Days after a closing in silence in which the citizen may still dispute the answer: many citizens hear of an answer late. */
export const lateDisputeDays = 30;
/** Days before the day of a promised action on which the agency is reminded: time enough to do something small, or to say why not. */
export const promiseReminderDays = 3;
/** Days in which the citizen may object to the agency's report that it kept a promise: as many as to accept or dispute an answer. */
export const promiseObjectionDays = 10;
/** Days after closing in which the employee's statement may be added: the same period as for opinions. */
export const statementPeriodDays = 30;
/** Days before the filing in which an inspector who decides had no role at an agency of the complaint: two years. */
export const daysWithoutRoleAtAgency = 730;
/** Silent citizens are called in this many last days of the confirmation window, when they can still dispute. */
export const silentCitizensCalledLastDays = 3;
/** Days after the answer from which a citizen whom no notice reached is called: mails and messages need a few days. */
export const noticeCallsAfterDays = 3;
/** Days on which a citizen may be called without success, for the notice and for the opinion each. After that, calls end. */
export const mostDaysWithoutContact = 3;
/** After so many wrong digits nobody calls for this complaint any more, until its citizen chooses new ones. */
export const mostWrongDigits = 3;
/** Hours after the citizen's digits in which an opinion, a dispute and an answer about an issue are accepted. */
export const openedCallHours = 3;
/** Days in which an announced file must be uploaded: a day is enough for a connection that fails. */
export const announcedFileDays = 1;
/** Days for which the citizen can read why a file was refused. */
export const refusedFileDays = 30;
/** Validity of an upload link: enough to choose a file and send 10 MB over a slow connection. */
export const uploadLinkSeconds = 600;
/** Validity of a download link: a browser follows it at once, and nobody should share it. */
export const downloadLinkSeconds = 60;
/** Days for which an idempotency key is stored. A filing that is repeated later is refused; any other repeated request then acts again. A day covers a client that was offline over a night. */
export const idempotencyKeyDays = 1;

// The sandbox.

/** Days for which a sandbox complaint is stored after its filing: two weeks of work on an application. */
export const sandboxComplaintDays = 14;
/** Filings per minute of a sandbox client, as for a front end: an endless loop in an application must not fill the table. */
export const sandboxFilingsPerMinute = 60;

// Mail.

/** New complaints per day that may mail one address: a front end can name anybody's address. */
export const mostComplaintsMailedPerDay = 5;
/** Minutes in which an official gets one mail about late complaints at once, and then one about all others. */
export const lateMailMinutes = 60;
/** Late complaints in one mail; the next mail has the rest. */
export const mostInLateMail = 50;
/** Days for which an address gets no mail after a bounce: the mailbox may exist again after a year. */
export const bouncedAddressDays = 365;
/** Days back from which an admin may send events again: an agency reads older events in its feed. */
export const redrivePeriodDays = 30;
/** Days for which a sent mail is recorded: one more than `redrivePeriodDays`, so that no event is mailed twice. */
export const sentMailDays = 31;
/** Events that one request to send again can name. For more events, the request names a period. */
export const mostEventsInOrder = 100;
/** Days for which the record of an undelivered event stays after it was sent again. */
export const undeliveredEventDays = 90;

// SMS.

/** New complaints per day that may message one phone number, as with mail: a front end can name anybody's number. */
export const mostComplaintsMessagedPerDay = mostComplaintsMailedPerDay;
/** Hours of Tehran time at which messages leave: a morning, a noon and an evening, the same for every kind of news. */
export const smsHours = [10, 14, 18];
/** Characters of a message of one part, and of each part of a longer message: those of UCS-2 in an SMS. */
export const smsPartLengths = { single: 70, joined: 67 };
/** Parts of a message: each part is paid. */
export const mostSmsParts = 2;
/** Days before a case closes in silence at which the citizen is reminded of the answer. */
export const smsReminderDays = 3;
/** Messages in one stored item: after a killed run the provider must be asked about at most so many. */
export const smsBatchSize = 25;
/** Time in which a provider must answer: the other messages of the run wait meanwhile. */
export const smsTimeoutMs = 10_000;
/** Hours for which a provider is asked for the state of a message: providers report no later. */
export const smsStateHours = 24;
/** Hours for which a provider is asked by our reference: Kavenegar keeps references for twelve. */
export const smsReferenceHours = 10;
/** Days for which the state of a message is stored, as with mails. */
export const smsRecordDays = 31;
/** Messages of one front end in a month where its entry in the province file names no number. */
export const defaultSmsPerMonth = 10_000;
/** The part of a front end's messages of a month after which cases that are filed later get none, and an alarm rings. */
export const smsShareReserved = 0.8;

// Records of people.

/** Days after closing in which an inspector may open a notice: later, the employee cannot remember the day. */
export const noticePeriodDays = 60;
/** Days in which the citizen may agree to a notice: as much as for a second thought in civil law. */
export const noticeConsentDays = 14;
/** Days in which a letter must be served. A late service would put an old matter to the employee. */
export const noticeServiceDays = 30;
/** The most days that leave may add to the time for service. */
export const mostLeaveDays = 90;
/** Days for the employee's answer, and of its one extension: bylaw of the law on administrative offences, articles 17 and 18. */
export const noticeAnswerDays = 10;
export const noticeExtensionDays = 5;
/** Questions that an employee may ask: enough to understand an allegation, too few to stop the time. */
export const mostNoticeQuestions = 3;
/** Days in which an inspector must answer a question; otherwise the notice is dismissed. */
export const noticeQuestionDays = 10;
/** Days in which an inspector must decide; otherwise the notice is dismissed. */
export const noticeDecisionDays = 20;
/** Days in which the employee may contest a decision, and in which the reviewer must judge. */
export const noticeContestDays = 30;
export const noticeJudgementDays = 60;
/** Days before the end of a decision's or judgement's time on which the head of the centre is reminded. */
export const noticeReminderDays = 5;
/** Days for which an entry stands: 24 months. A year after its end its texts are erased. */
export const noticeStandingDays = 730;
/** Days after its end when a notice is erased completely. */
export const noticeErasedAfterDays = 365;
/** For how many days inspectors read that a notice ended because somebody was late. */
export const lateNoticesCountedDays = 365;
/** Files that each of the two sides may announce for a notice: the inspectors with their scans, and the employee. */
export const mostNoticeFiles = 20;
/** Letters of one notice: another inspector prints each further letter. Each has two secrets, and no id has more than sixteen. */
export const mostNoticeLetters = 3;
/** Notices on one complaint: a matter with more employees is one of the agency. */
export const mostNoticesOnComplaint = 10;
/** Events of the complaint that a notice may name as its evidence. */
export const mostNoticeEvidence = 10;
/** Inspectors that a province needs for notices: one opens, one confirms, one decides, and one may be on leave. */
export const fewestInspectorsForNotices = 4;
/** Reviewers that a province needs for notices: one judges, and one may be on leave or have a part. */
export const fewestReviewersForNotices = 2;

// Issues: repeated causes.

/** Office days in which an agency must plan how it mends an issue: a week. */
export const issuePlanDays = 5;
/** The office hours for the plan of an outage: as long as for a complaint about a system that is down. */
export const outagePlanTime = "PT3H";
/** Days ahead that a plan may promise at most: half a year, as the longest deadline of a category. */
export const furthestPromiseDays = 180;
/** Office days in which an inspector must read a text of the agency: as many as the agency has for its plan. */
export const issueReadingDays = 5;
/** Hours for which the results of a Saturday may be late before an issue counts as not confirmed. */
export const issueResultMayBeLateHours = 2;
/** Weeks in which a visit verifies a mended issue. It counts as not confirmed after the Saturday that brings the last result. */
export const issueVerificationWeeks = 12;
/** Weeks after `done` in which linked citizens are called about an issue: two weeks, once the mending had time to show. */
export const issueCallWeeks = { from: 8, until: 10 };
/** The fewest linked citizens who may be called about an issue: of fewer, an agency could guess who answered. */
export const fewestAskedAboutIssue = 30;
/** The fewest citizens whose answers verify an issue, and the share of them that must say yes. */
export const fewestIssueAnswers = 10;
export const shareOfYesForVerified = 0.7;
/** The hour of the Saturday morning (Tehran) on which it is published that an issue is mended: offices are open by then. */
export const issueResultHour = 8;
/** Complaints that one request links to an issue, or unlinks. */
export const mostLinksInRequest = 100;
/** Days for which an issue knows its linked complaints: by then no answer and no call concerns them any more. */
export const issueLinkKeptDays = 730;
/** Counties and offices that one issue names. */
export const mostPlacesOfIssue = 50;

// Webhooks.

/** Time in which a webhook must answer: its next events wait meanwhile. */
export const webhookTimeoutMs = 10_000;
/** Wait after the first failure. Each wait is twice as long as the wait before. */
export const webhookFirstRetryMs = 10_000;
/** The longest wait between two attempts. */
export const webhookLongestRetryHours = 2;
/** Hours without an accepted attempt after which delivery stops: a person has to find the cause. */
export const webhookStoppedAfterHours = 24;
/** Attempts per webhook that an admin can read: a day of failures. */
export const mostWebhookAttemptsKept = 20;
/** Stored requests to resume, so that a repeated request is recognized. Nobody makes more in a day. */
export const mostWebhookResumesKept = 50;
/** Days after a rotation in which both secrets sign: the subscriber changes its secret in working hours. */
export const previousWebhookSecretDays = 7;

// Deadlines and the calendar.

/** The shortest deadline. The sweep runs once a minute, and nobody reads a case in less time. */
export const shortestDeadline = "PT5M";
/** The longest deadline of each clock: half a year. 800 office hours are about half a year. */
export const longestDeadline = { elapsed: "P180D", "office-hours": "PT800H" } as const;
/** Opening intervals of one day with special hours: no office opens and closes more often. */
export const mostIntervalsPerDay = 10;
/** Days before the calendar's end on which an alarm starts: hours are announced in the last weeks of a year. */
export const calendarWarningDays = 90;
/** Longer than any closure a government could order: a calendar without open hours for so long is a mistake. */
export const longestClosureDays = 400;

// Retention.

/** Default retention after closing. Two years are the practice of inspectors' offices; we chose the other periods. */
export const defaultRetention = { identity: "P730D", texts: "P1825D", events: "P3650D" } as const;
/** Days after which a month with open or recently closed cases is checked for erasure again. Erasure is at most so late. */
export const erasureRetryDays = 30;
/** Days for which exact counts are stored. No closing is interrupted longer: the rest would look like the whole month. */
export const exactCountsKeptDays = 400;

/** Closed weeks that an overseer reads: a month. */
export const weeksShown = 4;
/** The fewest complaints of an agency in a week for which an overseer reads how many were answered in time. */
export const fewestInWeek = 5;

// Proposals to inspectors.

/** The last days in which complaints of one kind are counted: whole weeks, and more than seven days (decision 43). */
export const proposalWindowDays = 14;
/** The weeks before, with which the last days are compared. */
export const proposalBaselineWeeks = 26;
export const daysCompared = proposalWindowDays + 7 * proposalBaselineWeeks;
/** The fewest weeks of a province that are compared: from fewer, the ordinary number is not known. */
export const fewestProposalWeeks = 8;
/** The fewest days since an issue was done, if complaints are compared with these days alone. */
export const fewestDaysAfterIssue = 28;
/** The fewest complaints in the last days that are proposed. */
export const fewestProposed = 5;
/** The least number of complaints expected in a week, also after weeks without any: otherwise two would be proposed. */
export const leastExpectedPerWeek = 0.2;
/** A group is proposed if its size is less probable than this by chance. `npm run trial -- proposals` counts false proposals. */
export const proposalProbability = 0.0001;
/** One source: a front end that filed more than this share. */
export const oneSourceShare = 0.8;
/** Days for which a proposal stays listed after it was last found: a group that comes and goes by chance is one proposal. */
export const proposalListedDays = 7;
/** Days after which the counts of a day are kept. Until then they are made anew each morning: complaints are answered and withdrawn. */
export const dayCountSettlesDays = 7;
/** The hour of the morning from which proposals are made: before any office opens. */
export const proposedFromHour = 6;

// Published figures.

/** Published counts are rounded randomly to a multiple of this, which hides every single complaint. */
export const roundingBase = 5;
/** Counts of waiting complaints are rounded to a multiple of this: counts of open cases reveal more. */
export const waitingRoundingBase = 10;
/** A smaller number of waiting complaints is published as `<20`: 0 or 10 would reveal too much of a small backlog. */
export const fewestWaitingPublished = 20;
/** The least difference with which one published count is surely larger: random rounding moves each by at most four. */
export const surelyMore = 8;
/** The least sum of a published breakdown: a smaller breakdown shows little and reveals single complaints. */
export const fewestInBreakdown = 20;
/** The fewest complaints for a comparison of agencies and for a median: with fewer, chance decides. */
export const fewestCompared = 20;
/** The widest confidence interval, as a fraction of 1, with which a share is published. */
export const widestInterval = 0.5;
/** The fewest agencies for a comparison: fewer have no meaningful spread. */
export const fewestAgenciesCompared = 5;
/** The fewest published answers of called citizens for `clearly-better`. */
export const fewestCalledAnswers = 20;
/** Standard deviations at which an agency differs (`possible`, 95 %) or clearly differs (`clear`, 99.8 %) from its peers. */
export const comparisonLimits = { possible: 1.96, clear: 3.09 };
/** A flag is set where the lower end of an agency's interval is above the province's share times this factor. */
export const flagFactor = 3;
/** The fewest values for a trend: with fewer, the control limits mean nothing. */
export const fewestInTrend = 12;
/** An acceptance within this time after the answer is quick: perhaps nobody has read the answer. */
export const quickAcceptanceMinutes = 60;
/** Expected calls per agency and quarter: enough to estimate shares, and few enough for a call centre. */
export const callsPerQuarter = 90;
/** Phone numbers per agency on a day's call list: the draw of a week, so that a call centre catches up after a closed week. */
export const phonesPerAgencyAndDay = 7;
/** Days after its end on which a period closes: meanwhile its last answers, disputes and decisions arrive. */
export const closingDelayDays = 15;
/** Days of delay after which a missing closing raises an alarm: a million complaints a month may take so long. */
export const closingLateDays = 3;
/** The hour of a month's first day at which waiting complaints are counted: before any office opens. */
export const waitingCountedFromHour = 6;
/** After this many months without a filing, going back, no earlier filings exist: no province is silent for so long. */
export const mostMonthsWithoutFilings = 14;
