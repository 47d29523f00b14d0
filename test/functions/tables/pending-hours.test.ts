import { afterAll, expect, test } from "vitest";
import { prepareTransfer } from "#functions/complaints/transfer.api.ts";
import { changeHours, readPendingHoursChange } from "#functions/hours/office-hours.store.ts";
import { applyPendingHours, processHoursChanges } from "#functions/hours/pending-hours.job.ts";
import { nothingPending } from "#functions/triggers/schedule.ts";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { headWrite, readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { file } from "#shared/complaints/filing.ts";
import { setHours } from "#shared/hours/office-hours.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { adminPrincipal, aFiling, callCentrePrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { failTableCallsAfter, writeComplaint } from "../../support/stored-complaints.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();

// A table that fails a page's worth of complaints is logged a hundred times over.
const log = captureLog();
afterAll(log.release);

/** A Tuesday on which everybody files at 09:50 and the county is closed at 10:30. */
const date = "2026-11-24";
const at = (time: string, day = date) => new Date(`${day}T${time}+03:30`).toISOString();
const deadlines = { acknowledgeBy: at("10:50"), answerBy: at("12:50") };

let count = 0;
async function fileOne(countyId: string, agencyId: string): Promise<string> {
  const id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  const filing = aFiling({ countyId, agencyId, category: "disrespect" });
  await writeComplaint(
    file(filing, {
      id,
      by: callCentrePrincipal,
      now: at("09:50"),
      deadlines,
      identityDigest: String,
      digitsMac: String,
      mayMail: true,
    }),
  );
  return id;
}

/** More than a page in one inbox, a few in another. */
async function fileMany(countyId: string): Promise<string[]> {
  const ids: string[] = [];
  const waiting = Array.from({ length: 108 }, (_, n) => (n < 104 ? "education" : "tax-affairs")).values();
  const clerk = async () => {
    for (const agencyId of waiting) ids.push(await fileOne(countyId, agencyId));
  };
  await Promise.all(Array.from({ length: 8 }, clerk));
  return ids;
}

const close = (countyId: string, reason = "برف") =>
  changeHours({
    date,
    countyId,
    now: at("10:30"),
    by: adminPrincipal,
    decide: (hours) => setHours({ date, countyId, intervals: [], reason }, { ...hours, now: at("10:30") }),
  });
const isPending = async (countyId: string) => (await readPendingHoursChange({ date, countyId })) !== undefined;

async function movesOf(id: string): Promise<string[]> {
  const { events } = await readComplaintRecord(id);
  return events.flatMap(({ type, after }) => (type === "deadlines-changed" ? [after.acknowledgeBy] : []));
}
const once = [at("08:20", "2026-11-25")];

/** When the next run is, after one that said when there is something to do again. */
const after = (now: string, dueAt: string) => (dueAt > now ? dueAt : now);
/** Runs until all deadlines of the county have followed. */
async function followAll(countyId: string, { until = Number.POSITIVE_INFINITY } = {}): Promise<void> {
  for (let now = at("10:31"); await isPending(countyId); ) now = after(now, await processHoursChanges({ now, until }));
}

test("with time for one page only, run after run, every complaint of the county moves once and no other does", async () => {
  const [ids, elsewhere] = [await fileMany("abyek"), await fileOne("avaj", "education")];
  await close("abyek");
  expect(await processHoursChanges({ now: at("10:31"), until: 0 })).toBe(at("10:30"));
  await followAll("abyek", { until: 0 });
  for (const id of ids) expect(await movesOf(id)).toEqual(once);
  expect(await movesOf(elsewhere)).toEqual([]);
});

test("ended at one call after another, it goes on where it was and moves nothing twice", async () => {
  const ids = await fileMany("takestan");
  await close("takestan");
  const until = Number.POSITIVE_INFINITY;
  let now = at("10:31");
  for (let calls = 1; await isPending("takestan"); calls += 9) {
    const revive = failTableCallsAfter(calls);
    now = after(now, await processHoursChanges({ now, until }).catch(() => now));
    revive();
  }
  for (const id of ids) expect(await movesOf(id)).toEqual(once);
});

test("a complaint that was filed by the hours before, while the first round went by, is found by the next", async () => {
  const first = await fileOne("alborz", "education");
  await close("alborz");
  const until = Number.POSITIVE_INFINITY;
  expect(await processHoursChanges({ now: at("10:30:05"), until })).toBe(at("10:30:15"));
  const second = await fileOne("alborz", "education");
  expect(await processHoursChanges({ now: at("10:31"), until })).toBe(at("10:31:15"));
  expect([await movesOf(first), await movesOf(second)]).toEqual([once, once]);
  expect(await isPending("alborz")).toBe(true);
  await processHoursChanges({ now: at("10:31:15"), until });
  expect(await isPending("alborz")).toBe(false);
});

test("so is one that was filed while a round went by that found nothing to move", async () => {
  await close("alborz", "سیل");
  const until = Number.POSITIVE_INFINITY;
  expect(await processHoursChanges({ now: at("10:30:05"), until })).toBe(at("10:30:15"));
  const id = await fileOne("alborz", "education");
  await followAll("alborz");
  expect(await movesOf(id)).toEqual(once);
});

test("one that goes to an agency that was walked, in a round that finds nothing else to move, is found by the next", async () => {
  const id = await fileOne("qazvin", "gas");
  await close("qazvin", "طوفان");
  const walked = async () => (await readPendingHoursChange({ date, countyId: "qazvin" }))?.pending.progress?.agencyId;
  const run = { now: at("10:31"), until: 0 };
  do await processHoursChanges(run);
  while ((await walked()) === "education");
  const body = { toAgencyId: "education", reason: "کار آنجاست" };
  const transfer = await prepareTransfer({ body, now: run.now, maskedTextsOf: () => undefined });
  await executeMove({ path: { id }, principal: inspectorPrincipal, now: run.now }, transfer);
  await followAll("qazvin", { until: 0 });
  expect(await movesOf(id)).toEqual([at("09:00", "2026-11-25")]);
});

test("one that cannot be moved keeps nobody else from it, and is tried again a little later", async () => {
  const [broken, sound] = [await fileOne("avaj", "gas"), await fileOne("avaj", "gas")];
  const { complaint } = await readComplaintRecord(broken);
  await writeTransaction([headWrite({ complaint: { ...complaint, category: "No Slug" }, condition: undefined })]);
  await close("avaj");
  const until = Number.POSITIVE_INFINITY;
  expect(await processHoursChanges({ now: at("10:31"), until })).toBe(at("10:31:30"));
  expect(await movesOf(sound)).toEqual(once);
  await writeTransaction([headWrite({ complaint, condition: undefined })]);
  await processHoursChanges({ now: at("10:32"), until });
  expect(await movesOf(broken)).toEqual(once);
  await followAll("avaj");
});

test("one whose category the province no longer has keeps the deadlines it was promised, and the walk ends", async () => {
  const id = await fileOne("avaj", "gas");
  const { complaint } = await readComplaintRecord(id);
  await writeTransaction([headWrite({ complaint: { ...complaint, category: "gone" }, condition: undefined })]);
  await close("avaj", "سیل");
  const until = Number.POSITIVE_INFINITY;
  expect(await processHoursChanges({ now: at("10:31"), until })).toBe(at("10:31:15"));
  expect([await isPending("avaj"), await movesOf(id)]).toEqual([true, []]);
  await processHoursChanges({ now: at("10:32"), until });
  expect([await isPending("avaj"), await movesOf(id)]).toEqual([false, []]);
});

test("one that somebody is about to raise is moved at once, before the walk comes to it", async () => {
  const [id, other] = [await fileOne("qazvin", "gas"), await fileOne("qazvin", "gas")];
  await close("qazvin");
  await applyPendingHours({ id, now: at("10:50") });
  expect([await movesOf(id), await movesOf(other)]).toEqual([once, []]);
  await processHoursChanges({ now: at("10:51"), until: Number.POSITIVE_INFINITY });
  expect([await movesOf(id), await movesOf(other)]).toEqual([once, once]);
  await followAll("qazvin");
});

test("a change that cannot be followed keeps no later one from being followed", async () => {
  const id = await fileOne("buin-zahra", "gas");
  const pk = partitions.hours;
  const sk = `${date}#nowhere`;
  const change = {
    date,
    countyId: "nowhere",
    reason: "برف",
    version: 1,
    setAt: at("10:00"),
    clientId: "c",
    person: "p",
  };
  const lost = { startedAt: at("10:00"), moved: 0, failed: 0, from: { pk: "no place of an index" } };
  const due = { due: "DUE#hours", dueAt: at("10:00") };
  const pending = { since: at("10:00"), dueAt: at("10:00"), pagesScanned: 0, progress: lost };
  const put = (Item: object) => writeTransaction([{ Put: { TableName: process.env.COMPLAINTS_TABLE, Item } }]);
  await put({ ...change, pk, sk, pending, ...due });
  await close("buin-zahra");
  const again = await processHoursChanges({ now: at("10:31"), until: Number.POSITIVE_INFINITY });
  await put({ ...change, pk, sk });
  await followAll("buin-zahra");
  expect(again).toBe(at("10:00"));
  expect(await movesOf(id)).toEqual(once);
  expect(log.text()).toMatch(/"deadline change failed".*"countyId":"nowhere"/);
});

test("with nothing to follow it need not be asked until something happens", async () => {
  expect(await processHoursChanges({ now: at("10:31"), until: 0 })).toBe(nothingPending);
});
