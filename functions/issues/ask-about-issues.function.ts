import { isAskedAboutIssue } from "#shared/complaints/call-backs.ts";
import { readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { fewestAskedAboutIssue } from "#shared/policy-numbers.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { minuteMs } from "#shared/time/duration.ts";
import { nothingPending, processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { callRound, verifyByCalls } from "./issue-call-round.ts";
import {
  type IssueToAskAbout,
  type ListProgress,
  putOnCallList,
  type RoundName,
  readAnswerCounts,
  readIssuesToAskAbout,
  readListProgress,
  saveListProgress,
} from "./issue-calls.store.ts";
import { executeIssueCommand } from "./issue-commands.store.ts";
import { type LinkedComplaint, readLinkedComplaints } from "./issue-links.store.ts";
import { publishVisits } from "./publish-visits.job.ts";

const pageSize = 25;

/**
 * Every hour: begins the rounds of calls about mended issues, and verifies issues by reported visits and by what citizens answered. It is
 * the only function that reads how many answered. It writes nothing that an agency reads, except the result.
 */
export const handler = scheduled({ budgetMs: 4 * minuteMs, run: askAboutIssues });

/** Publishes what visits found, then looks at all mended issues. Returns when there is work again. */
export async function askAboutIssues(run: Run): Promise<string> {
  const nextVisit = await publishVisits(run);
  const issues = await readIssuesToAskAbout(run.now);
  const unfinished: string[] = [];
  const failed = await processConcurrently(issues, {
    message: logEvents.issueCallsNotProcessed,
    processOne: async (issue) => void ((await processIssue(issue, run)) || unfinished.push(issue.id)),
  });
  const nextRound = failed + unfinished.length > 0 ? run.now : nextRoundAfter(run.now, issues);
  return nextRound < nextVisit ? nextRound : nextVisit;
}

/** The time of the next run: the next round begins, or its result is due. */
function nextRoundAfter(now: string, issues: IssueToAskAbout[]): string {
  const rounds = issues.map(({ doneAt }) => callRound(doneAt));
  const times = rounds.flatMap(({ from, resultAt }) => [from, resultAt]).filter((at) => at > now);
  return times.sort()[0] ?? nothingPending;
}

/** Makes the call list of one issue, or writes its result, if it is time. False where the next run has to go on. */
async function processIssue({ id: issueId, doneAt }: IssueToAskAbout, run: Run): Promise<boolean> {
  const { from, before, resultAt } = callRound(doneAt);
  if (run.now >= from && run.now < before) return makeCallList({ issueId, doneAt }, run);
  if (run.now >= resultAt) await writeResult({ issueId, doneAt }, run.now);
  return true;
}

/**
 * Counts the linked citizens who agreed, and puts them on the list of calls if they are enough, page by page. The position is saved after each page: a run that dies causes a
 * part of a page to be put on the list again, which changes nothing.
 */
async function makeCallList(round: RoundName, { until }: Run): Promise<boolean> {
  let progress = await readListProgress(round);
  while (progress.step !== "complete") {
    const next = await processNextPage(round, progress);
    // Where a complaint could not be read, the whole page is tried again.
    if (!next || !(await saveListProgress(round, next))) return false;
    progress = next;
    if (progress.step !== "complete" && performance.now() > until) return false;
  }
  return true;
}

async function processNextPage(round: RoundName, progress: ListProgress): Promise<ListProgress | undefined> {
  const { version, step, mayBeCalled, from } = progress;
  let asked = 0;
  const page = await readLinkedComplaints({ issueId: round.issueId, limit: pageSize, from });
  const failed = await processConcurrently(
    page.items.map((linked) => ({ id: linked.complaint.id, linked })),
    {
      message: logEvents.issueCallsNotProcessed,
      processOne: async ({ id, linked }) => {
        if (!(await isAsked(round, linked))) return;
        asked++;
        if (step === "list") await putOnCallList(round, id);
      },
    },
  );
  if (failed > 0) return undefined;
  const counted = step === "count" ? mayBeCalled + asked : mayBeCalled;
  const isListed = step === "list" || counted < fewestAskedAboutIssue;
  const nextStep = isListed ? "complete" : "list";
  return { version: version + 1, step: page.next ? step : nextStep, mayBeCalled: counted, from: page.next };
}

async function isAsked({ doneAt }: RoundName, { complaint, linkedAt }: LinkedComplaint): Promise<boolean> {
  const { confidentialLog } = await readConfidentialRecord(complaint.id);
  return isAskedAboutIssue(complaint, { linkedAt, from: callRound(doneAt).from, confidentialLog });
}

/** Verifies the issue if enough citizens said that it is mended. Otherwise nothing is written, so nobody learns of the answers. */
async function writeResult(round: RoundName, now: string): Promise<void> {
  const { issueId, doneAt } = round;
  const answers = await readAnswerCounts(round);
  const { status } = await executeIssueCommand({ issueId, now }, (issue, at) =>
    verifyByCalls(issue, { ...answers, doneAt, now: at }),
  );
  if (status === "verified") log.info("issue verified by calls", { issueId });
}
