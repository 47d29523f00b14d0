import { expect, test } from "vitest";
import { changeHours } from "#functions/hours/office-hours.store.ts";
import { applyPendingHours, processHoursChanges } from "#functions/hours/pending-hours.job.ts";
import { readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { file } from "#shared/complaints/filing.ts";
import { type CurrentHours, liftHours, setHours } from "#shared/hours/office-hours.ts";
import { adminPrincipal, aFiling, callCentrePrincipal } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { writeComplaint } from "../../support/stored-complaints.ts";

withRealTables();

/** A Tuesday, the day after it, and the next working day. */
const [date, tomorrow, saturday] = ["2026-11-24", "2026-11-25", "2026-11-28"] as const;
const countyId = "avaj";
const at = (time: string) => new Date(`${date}T${time}+03:30`).toISOString();

/** Filed at 09:50, and due on the same day. */
async function filed(id: string): Promise<string> {
  const deadlines = { acknowledgeBy: at("10:50"), answerBy: at("12:50") };
  const filing = aFiling({ countyId, agencyId: "gas", category: "disrespect" });
  const standing = {
    id,
    by: callCentrePrincipal,
    now: at("09:50"),
    deadlines,
    identityDigest: String,
    digitsMac: String,
    mayMail: true,
  };
  await writeComplaint(file(filing, standing));
  return id;
}

type Closing = { day: string; reason: string };

/** Closes days one after the other, in one minute. */
async function closeAll(minute: string, closings: Closing[]): Promise<void> {
  for (const [n, { day, reason }] of closings.entries()) {
    const now = at(`${minute}:0${n}`);
    const decide = (hours: CurrentHours) => setHours({ date: day, countyId, intervals: [], reason }, { ...hours, now });
    await changeHours({ date: day, countyId, now, by: adminPrincipal, decide });
  }
}

async function liftAll(minute: string, days: readonly string[]): Promise<void> {
  for (const [n, day] of days.entries()) {
    const now = at(`${minute}:0${n}`);
    const decide = (hours: CurrentHours) => liftHours({ date: day, countyId }, { ...hours, now });
    await changeHours({ date: day, countyId, now, by: adminPrincipal, decide });
  }
}

/** The function runs, as it does every minute. */
const run = (minute: string) => processHoursChanges({ now: at(minute), until: Number.POSITIVE_INFINITY });

async function reasonsOf(id: string): Promise<string[]> {
  const { events } = await readComplaintRecord(id);
  return events.flatMap((event) => (event.type === "deadlines-changed" ? [`${event.date} ${event.reason}`] : []));
}

test("two days that were closed in one minute are two moves, each for its own reason, and none for what moves nothing", async () => {
  const [walked, atOnce] = [await filed("QZ-0001-0000-0"), await filed("QZ-0002-0000-0")];
  const [snow, more] = [
    { day: date, reason: "برف" },
    { day: tomorrow, reason: "برف سنگین" },
  ];
  await closeAll("10:30", [snow, more]);
  await applyPendingHours({ id: atOnce, now: at("10:30:10") });
  const both = [`${date} برف`, `${tomorrow} برف سنگین`];
  expect([await reasonsOf(walked), await reasonsOf(atOnce)]).toEqual([[], both]);
  await run("10:31");
  expect([await reasonsOf(walked), await reasonsOf(atOnce)]).toEqual([both, both]);

  // The first of these closes what is closed; only the second moves anything.
  const [cleaning, flood] = [
    { day: date, reason: "نظافت عصر" },
    { day: saturday, reason: "سیل" },
  ];
  await closeAll("10:40", [cleaning, flood]);
  await run("10:41");
  expect(await reasonsOf(walked)).toEqual([...both, `${saturday} سیل`]);

  // Taken back one after the other, once the closings have been followed to the end, each is a move again.
  await run("10:42");
  await liftAll("10:50", [saturday, tomorrow]);
  await run("10:51");
  expect((await reasonsOf(walked)).slice(3)).toEqual([`${saturday} سیل`, `${tomorrow} برف سنگین`]);
});
