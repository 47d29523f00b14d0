import { expect, test } from "vitest";
import { createIssue, executeIssueCommand } from "#functions/issues/issue-commands.store.ts";
import { changeLink, readLinkedComplaints } from "#functions/issues/issue-links.store.ts";
import { linkToIssue } from "#functions/issues/issue-links.ts";
import { orderAnswers, planIssue } from "#functions/issues/issue-moves.ts";
import { openIssue } from "#functions/issues/issue-opening.ts";
import { readIssueRecord } from "#functions/issues/issues.store.ts";
import { newOrderWrite, readAnswersOrder } from "#functions/issues/linked-answers.store.ts";
import { executeClockMove } from "#shared/complaints/clock-moves.store.ts";
import { executeMove } from "#shared/complaints/commands.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { expire } from "#shared/complaints/lifecycle.ts";
import { accept, dispute } from "#shared/complaints/moves.ts";
import { byAgency, issueCalendar, issueGround, issueRequest } from "../support/an-issue.ts";
import { runToDeath, runToItsEnd } from "../support/deaths.ts";
import { withRealTables } from "../support/real-tables.ts";
import { aStoredComplaint } from "../support/stored-complaints.ts";

withRealTables();

const complaints = 300;
const kills = 5;
/** A scan is killed after so many writes, nearly all of them answers. */
const answersBetweenKills = 15;
const now = "2026-11-24T06:30:00.000Z";
const agencyId = issueRequest.agencyId;
const text = "سامانه قطع بود و تا پایان آذر درست می‌شود.";
const officer = { name: "الهام نوری" };
const answer = { officer, finding: "founded" as const, cause: "system-down", text, actions: [] };
const issueId = "IS-7K3M-9XPT-Q";

/** An outage with its linked complaints, whose agency ordered one answer. Returns the number of the order. */
async function orderedAnswers(ids: readonly string[]): Promise<number> {
  const opening = { ...issueRequest, outage: true, id: issueId, now, clientId: "desk", inspector: "inspector-1" };
  const { issue } = openIssue(issueGround, opening);
  await createIssue(openIssue(issueGround, opening), { now });
  const inspector = { caller: "inspector" as const, clientId: "desk", person: "inspector-1" };
  for (const complaintId of ids)
    expect(
      await changeLink({
        issueId,
        complaintId,
        now,
        decide: (complaint, at) => linkToIssue(complaint, { by: inspector, now: at, issue, personalCauses: [] }),
      }),
    ).toBeUndefined();
  const plan = { what: text, responsible: "فناوری", by: "2026-12-20T06:30:00.000Z" };
  await executeIssueCommand({ issueId, now }, (found) =>
    planIssue(found, { now, actor: byAgency, calendar: issueCalendar, ...plan }),
  );
  const ordered = await executeIssueCommand(
    { issueId, now },
    (found) => orderAnswers(found, { now, actor: byAgency, answer }),
    {
      alsoWrites: ({ issue: { version: number } }) => [
        newOrderWrite({
          issueId,
          number,
          agencyId,
          clientId: byAgency.clientId,
          version: 1,
          progress: { answered: 0, skipped: 0 },
          dueAt: now,
        }),
      ],
    },
  );
  return ordered.version;
}

async function countAnswered(): Promise<number> {
  let answered = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const page = await readLinkedComplaints({ issueId, limit: 100, from });
    answered += page.items.filter(({ complaint }) => complaint.status === "answered").length;
    from = page.next;
  } while (from);
  return answered;
}

/** One scan. It answers several complaints at once, so that a kill meets some in the middle. */
const program = "run-linked-answers.ts";
const killedScan = () => runToDeath(program, { now, diesAfterWrites: answersBetweenKills });

test(`an answer to ${complaints} complaints of an outage reaches each once, though the scan is killed ${kills} times; each citizen goes on alone`, async () => {
  const { category } = issueRequest;
  const ids: string[] = [];
  for (let n = 0; n < complaints; n++) ids.push((await aStoredComplaint({ agencyId, category })).id);
  const number = await orderedAnswers(ids);
  for (let n = 0; n < kills; n++) expect(await killedScan(), `kill ${n + 1}`).toBe(true);
  expect(await countAnswered()).toBeLessThan(complaints);
  for (let runs = 0; (await readAnswersOrder({ issueId, number }))?.dueAt; runs++) {
    expect(runs).toBeLessThan(20);
    await runToItsEnd(program, { now });
  }
  for (const id of ids) {
    const { complaint, events } = await readComplaintRecord(id);
    expect(complaint.status).toBe("answered");
    expect(events.map(({ type }) => type)).toEqual(["filed", "issue-linked", "answered"]);
    expect(events.at(-1)).toMatchObject({ by: "agency", text, officer });
  }
  const record = await readIssueRecord(issueId);
  expect(record?.issue.answering).toBeUndefined();
  expect(record?.events.filter(({ type }) => type === "answers-given")).toMatchObject([
    { answered: complaints, skipped: 0 },
  ]);

  // Ten dispute alone, some accept, and the others are closed by time: no link moves any of them.
  const later = "2026-11-25T06:30:00.000Z";
  for (const [n, id] of ids.entries()) {
    const request = { path: { id }, principal: { caller: "citizen" as const, complaintId: id }, now: later };
    if (n < 10)
      await executeMove(request, (found, context) =>
        dispute(found, { ...context, reason: "هنوز قطع است.", reviewBy: "2026-11-27T06:30:00.000Z" }),
      );
    else if (n < 110) await executeMove(request, (found, context) => accept(found, context));
  }
  const muchLater = "2027-01-25T06:30:00.000Z";
  for (const id of ids)
    await executeClockMove({ id, now: muchLater, decide: (found, at) => expire(found, { now: at }) });
  const closures: Complaint[] = [];
  for (const id of ids) closures.push((await readComplaintRecord(id)).complaint);
  const ways = Map.groupBy(closures, ({ status, closure }) => closure ?? status);
  expect(Object.fromEntries([...ways].map(([way, all]) => [way, all.length]))).toEqual({
    disputed: 10,
    accepted: 100,
    expired: 190,
  });
}, 600_000);
