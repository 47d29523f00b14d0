import { beforeEach, describe, expect, test } from "vitest";
import { remindOfDuePromises } from "#functions/complaints/due-promises.job.ts";
import type { Change } from "#shared/complaints/change.ts";
import { executeClockMove } from "#shared/complaints/clock-moves.store.ts";
import { changeWrites, headWrite, readHead } from "#shared/complaints/complaints.store.ts";
import { answer, withdraw } from "#shared/complaints/moves.ts";
import { listDuePromises } from "#shared/complaints/promises.store.ts";
import { objectToPromise, remindOfPromises, reportPromise } from "#shared/complaints/promises.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aComplaint, agencyPrincipal, citizenPrincipal } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";

withRealTables();

const officer = { name: "مریم رستمی" };
const answeredAt = "2026-11-24T07:00:00.000Z";
/** Three days before the day that the agency named. */
const reminder = "2026-12-06T20:30:00.000Z";
const terms = { text: "انجام شد.", areTextsOver: false, number: 1 };
let id = "";
let count = 0;

beforeEach(() => {
  id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
});

async function write({ complaint, events }: Change) {
  expect(await writeTransaction(changeWrites({ complaint, events }))).toBeUndefined();
  return complaint;
}

/** A complaint whose answer promises actions for these days. */
async function promised(...days: string[]) {
  const before = aComplaint({ id });
  await writeTransaction([headWrite({ complaint: before, condition: undefined })]);
  const actions = days.map((dueOn) => ({ text: "تابلو نصب می‌شود", dueOn }));
  const judgement = { finding: "founded", cause: "none", text: "حق با شماست" } as const;
  const confirmBy = "2026-12-04T07:00:00.000Z";
  return write(answer(before, { by: agencyPrincipal, now: answeredAt, officer, confirmBy, ...judgement, actions }));
}

const citizen = () => ({ ...citizenPrincipal, complaintId: id });
const entries = async (now = "2027-06-01T00:00:00.000Z") =>
  (await listDuePromises(now)).due.filter((entry) => entry.id === id).map(({ sk }) => sk);
const reminders = async () => (await readHead(id))?.promises?.map(({ remindedAt }) => remindedAt);

describe("the first reminder of a promise", () => {
  test("is found by the event that made the promise, and then leaves the index", async () => {
    await promised("2026-12-10");
    expect(await entries("2026-12-06T20:29:59.999Z")).toEqual([]);
    expect(await entries(reminder)).toEqual([expect.stringMatching(/^EVENT#/)]);
    await remindOfDuePromises({ now: reminder });
    expect(await reminders()).toEqual([reminder]);
    expect(await entries()).toEqual([]);
  });

  test("is given once if a run ended before it took the event out", async () => {
    await promised("2026-12-10");
    await executeClockMove({ id, now: reminder, decide: (found, now) => remindOfPromises(found, { now }) });
    expect(await entries()).toHaveLength(1);
    await remindOfDuePromises({ now: "2026-12-07T00:00:00.000Z" });
    expect(await reminders()).toEqual([reminder]);
    expect(await entries()).toEqual([]);
  });

  test("is followed by those of later days", async () => {
    await promised("2026-12-10", "2026-12-20");
    await remindOfDuePromises({ now: reminder });
    expect(await entries()).toEqual(["PROMISES"]);
    await remindOfDuePromises({ now: "2026-12-17T00:00:00.000Z" });
    expect(await reminders()).toEqual([reminder, "2026-12-17T00:00:00.000Z"]);
    expect(await entries()).toEqual([]);
  });

  test("is not given once the agency has reported or the citizen has withdrawn", async () => {
    const answered = await promised("2026-12-10");
    const reported = reportPromise(answered, {
      by: agencyPrincipal,
      now: "2026-11-26T07:00:00.000Z",
      officer,
      ...terms,
    });
    await write(reported);
    const objection = { by: citizen(), now: "2026-11-27T07:00:00.000Z", ...terms };
    await write(objectToPromise(reported.complaint, objection));
    expect(await entries()).toHaveLength(1);
    await remindOfDuePromises({ now: reminder });
    expect(await reminders()).toEqual([undefined]);
    expect(await entries()).toEqual([]);

    id = "QZ-9999-0000-0";
    await write(withdraw(await promised("2026-12-10"), { by: citizen(), now: "2026-11-25T07:00:00.000Z" }));
    await remindOfDuePromises({ now: reminder });
    expect(await reminders()).toEqual([undefined]);
    expect(await entries()).toEqual([]);
  });

  test("has an item of its own where inspectors must look at another promise before", async () => {
    await promised("2026-12-10", "2026-11-25");
    expect(await entries()).toEqual(["PROMISES"]);
  });
});
