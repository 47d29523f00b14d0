import { beforeAll, expect, test } from "vitest";
import { listCallsDue } from "#functions/calls/call-list.store.ts";
import { callRound } from "#functions/issues/issue-call-round.ts";
import { countAnswerWrite, readListProgress } from "#functions/issues/issue-calls.store.ts";
import { createIssue, executeIssueCommand } from "#functions/issues/issue-commands.store.ts";
import { changeLink } from "#functions/issues/issue-links.store.ts";
import { linkToIssue } from "#functions/issues/issue-links.ts";
import { planIssue, reportDone } from "#functions/issues/issue-moves.ts";
import { openIssue } from "#functions/issues/issue-opening.ts";
import { readIssueRecord } from "#functions/issues/issues.store.ts";
import { readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { byAgency, issueCalendar, issueGround, issueRequest } from "../support/an-issue.ts";
import { runToDeath, runToItsEnd } from "../support/deaths.ts";
import { withRealTables } from "../support/real-tables.ts";
import { aStoredComplaint } from "../support/stored-complaints.ts";

withRealTables();

const complaints = 300;
const kills = 3;
/** A run is killed after so many writes, nearly all of them entries of the list. */
const listedBetweenKills = 20;
const doneAt = "2026-11-24T06:30:00.000Z";
const issueId = "IS-7K3M-9XPT-Q";
const { agencyId, category } = issueRequest;
const { from, resultAt } = callRound(doneAt);
const ids: string[] = [];

beforeAll(async () => {
  const opening = { ...issueRequest, id: issueId, now: doneAt, clientId: "desk", inspector: "inspector-1" };
  const { issue } = openIssue(issueGround, opening);
  await createIssue(openIssue(issueGround, opening), { now: doneAt });
  const by = { caller: "inspector" as const, clientId: "desk", person: "inspector-1" };
  for (let n = 0; n < complaints; n++) {
    const citizen = { phone: "09122002580", mayBeCalled: true, callDigits: "4031" };
    const { id: complaintId } = await aStoredComplaint({ agencyId, category, citizen });
    ids.push(complaintId);
    await changeLink({
      issueId,
      complaintId,
      now: doneAt,
      decide: (complaint, now) => linkToIssue(complaint, { by, now, issue, personalCauses: [] }),
    });
  }
  const plan = { what: "سرور عوض می‌شود.", responsible: "فناوری", by: "2026-12-20T06:30:00.000Z" };
  const acting = { now: doneAt, actor: byAgency, calendar: issueCalendar };
  await executeIssueCommand({ issueId, now: doneAt }, (found) => planIssue(found, { ...acting, ...plan }));
  await executeIssueCommand({ issueId, now: doneAt }, (found) => reportDone(found, { ...acting, text: "درست شد." }));
});

/** All complaints that stand on the call list, as often as they stand there. */
async function listed(): Promise<string[]> {
  const all: string[] = [];
  for (let position: Parameters<typeof listCallsDue>[0]["from"]; ; ) {
    const page = await listCallsDue({ now: from, limit: 1_000, from: position });
    all.push(...page.calls.map(({ id }) => id));
    if (!page.next) return all;
    position = page.next;
  }
}

const program = "run-issue-calls.ts";
const run = (now: string) => runToItsEnd(program, { now });
const killedRun = () => runToDeath(program, { now: from, diesAfterWrites: listedBetweenKills });

test(`${complaints} linked citizens stand on the call list once each, though it is killed ${kills} times while it is made`, async () => {
  for (let n = 0; n < kills; n++) expect(await killedRun(), `kill ${n + 1}`).toBe(true);
  expect((await listed()).length).toBeLessThan(complaints);
  for (let runs = 0; (await readListProgress({ issueId, doneAt })).step !== "complete"; runs++) {
    expect(runs).toBeLessThan(20);
    await run(from);
  }
  expect((await listed()).sort()).toEqual([...ids].sort());
  for (const id of ids) {
    const { events } = await readComplaintRecord(id);
    expect(events.map(({ type }) => type)).toEqual(["filed", "issue-linked"]);
  }
});

test("two runs at once and one after them write the result once", async () => {
  for (let n = 0; n < 10; n++) await writeTransaction([countAnswerWrite({ issueId, doneAt }, n < 7 ? "yes" : "no")]);
  await run(from);
  expect((await readIssueRecord(issueId))?.issue.status).toBe("done");
  await Promise.all([run(resultAt), run(resultAt)]);
  await run(resultAt);
  const record = await readIssueRecord(issueId);
  expect(record?.events.filter(({ type }) => type === "verified")).toMatchObject([{ by: "system" }]);
});
