import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { handler } from "#functions/messages/send-sms.function.ts";
import { readSmsBatches, readSmsCursor, saveSmsCursor } from "#functions/messages/sms.store.ts";
import { smsNewsWrite } from "#functions/messages/sms-news.store.ts";
import { startSmsServer } from "#infra/programs/local-cloud/sms-provider.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { localDate } from "#shared/time/local-time.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { aContext, afterEvent, aStoredComplaint } from "../../support/stored-complaints.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();
const keys = { kavenegar: "kavenegar-key", "sms-ir": "sms-ir-key" };
mockClient(SecretsManagerClient)
  .on(GetSecretValueCommand)
  .resolves({ SecretString: JSON.stringify(keys) });
const answered = {
  type: "answered" as const,
  officer: { name: "مریم رستمی" },
  finding: "founded" as const,
  cause: "none",
  text: "انجام شد.",
  actions: [],
};
const client = "call-centre-128";
/** 14:00 in Tehran, on the day of the complaints of the tests. */
const slot = Date.parse("2026-11-24T10:30:05.000Z");
const day = 24 * 3_600_000;

let server: Awaited<ReturnType<typeof startSmsServer>>;
let log: ReturnType<typeof captureLog>;
beforeAll(async () => {
  server = await startSmsServer({ port: 0, now: () => Date.now(), keys: () => keys });
  Object.assign(process.env, { LOCAL_SMS: server.url, SMS_SECRET: "sms" });
});
afterAll(() => server.stop());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  log = captureLog();
});
afterEach(() => {
  vi.useRealTimers();
  log.release();
});

let phones = 9_140_000_000;
async function aCase(events: Parameters<typeof afterEvent>[1][] = [answered]) {
  const phone = `+98${++phones}`;
  const complaint = await aStoredComplaint({ citizen: { phone: phone.replace("+98", "0"), notifyBySms: true } });
  for (const event of events) await afterEvent(complaint, event);
  return { complaint, phone, sent: () => server.messages().filter(({ to }) => to === phone) };
}

async function runAt(instant: number): Promise<void> {
  vi.setSystemTime(instant);
  await handler({}, aContext);
}

type Before = { finishedTo: string; month?: string; used?: number; reservedSince?: string };
/** As if the last run had ended at an instant, and so many messages of the month had been used. */
const runBefore = ({ finishedTo, month = "1405-09", used = 0, reservedSince }: Before) =>
  saveSmsCursor({
    isFinished: true,
    finishedTo,
    use: { month, byFrontEnd: { [client]: { used, ...(reservedSince && { reservedSince }) } } },
  });
const before = (instant: number) => new Date(instant - 2 * 3_600_000).toISOString();

/** News of a complaint an hour before an instant. */
const newsBefore = ({ complaint }: { complaint: { id: string } }, instant: number) =>
  writeTransaction([smsNewsWrite({ complaintId: complaint.id, at: new Date(instant - 3_600_000).toISOString() })]);

/** The lines of this message in the log, as an alarm reads them. */
const logged = (message: string) =>
  log
    .text()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []))
    .filter((line) => line.message === message);

describe("a front end's messages of a month", () => {
  test("that are reserved are for cases that were filed before, and what is stopped has its entry", async () => {
    await runBefore({ finishedTo: "2026-11-24T06:00:00.000Z", used: 8_500, reservedSince: "2026-11-24T06:09:59.000Z" });
    const late = await aCase();
    await runAt(slot);
    expect(late.sent()).toEqual([]);
    const stored = (await readSmsBatches("2026-11-24")).flatMap(({ messages }) => messages);
    expect(stored).toMatchObject([{ id: late.complaint.id, state: "stopped" }]);
    expect(logged(logEvents.smsRun)).toMatchObject([{ sent: 0, stopped: 1 }]);
  });

  test("are counted, and the line that SmsMonthUsed listens to says the percentage", async () => {
    const later = slot + 31 * day;
    await runBefore({ finishedTo: before(later), month: "1405-10", used: 7_999 });
    const one = await aCase([]);
    await newsBefore(one, later);
    await runAt(later);
    expect(one.sent()).toHaveLength(1);
    expect(logged(logEvents.smsRun)).toMatchObject([{ sent: 1, mostUsedPercent: 80 }]);
    expect((await readSmsCursor())?.use.byFrontEnd[client]).toMatchObject({
      used: 8_000,
      reservedSince: expect.any(String),
    });
  });
});

test.each([
  ["before an answer, it is no notice of one", [], undefined, 10],
  ["after an answer, it is a notice of it", [answered], true, 20],
] as const)(
  "a message about news in no feed that all providers reject is logged and tried again: %s",
  async (_, events, isAnswer, days) => {
    const later = slot + days * day;
    await runBefore({ finishedTo: before(later) });
    const one = await aCase([...events]);
    await newsBefore(one, later);
    server.order({ fault: "no-credit", to: one.phone, count: 2 });
    await runAt(later);
    expect(one.sent()).toEqual([]);
    expect(logged(logEvents.smsRun)).toMatchObject([{ sent: 0, rejected: 1 }]);
    expect(logged(logEvents.smsNotSent)).toMatchObject([{ reason: "no-credit" }]);
    await runAt(later + 4 * 3_600_000);
    expect(one.sent()).toHaveLength(1);
    const stored = (await readSmsBatches(localDate(new Date(later).toISOString()))).flatMap(({ messages }) => messages);
    expect(stored.find(({ id, state }) => id === one.complaint.id && state === "accepted")?.isAnswer).toBe(isAnswer);
    await runAt(later + day);
    expect(one.sent()).toHaveLength(1);
  },
);

test("a message that all providers reject is tried again the same day, although an earlier one was sent", async () => {
  const morning = slot + 40 * day - 4 * 3_600_000;
  const noon = morning + 4 * 3_600_000;
  await runBefore({ finishedTo: before(morning) });
  const one = await aCase([]);
  await newsBefore(one, morning);
  await runAt(morning);
  expect(one.sent()).toHaveLength(1);
  await newsBefore(one, noon);
  server.order({ fault: "no-credit", to: one.phone, count: 2 });
  await runAt(noon);
  expect(one.sent()).toHaveLength(1);
  await runAt(noon + 4 * 3_600_000);
  expect(one.sent()).toHaveLength(2);
  await runAt(morning + day);
  expect(one.sent()).toHaveLength(2);
});
