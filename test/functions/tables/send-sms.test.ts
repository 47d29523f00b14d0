import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { handler } from "#functions/notifications/send-sms.ts";
import { startSmsServer } from "#infra/local-cloud/sms-provider.ts";
import { readSmsBatches, readSmsCursor, saveSmsCursor } from "#shared/persistence/notifications/sms.ts";
import { smsNewsWrite } from "#shared/persistence/notifications/sms-news.ts";
import { writeTransaction } from "#shared/persistence/transaction.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
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

/** As if this many messages of the month were used before; the run before ended in the morning. */
const usedBefore = (used: number, reservedSince?: string) =>
  saveSmsCursor({
    isFinished: true,
    finishedTo: "2026-11-24T06:00:00.000Z",
    use: { month: "1405-09", byFrontEnd: { [client]: { used, ...(reservedSince && { reservedSince }) } } },
  });
/** The lines of this message in the log, as an alarm reads them. */
const logged = (message: string) =>
  log
    .text()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []))
    .filter((line) => line.message === message);

describe("a front end's messages of a month", () => {
  test("are counted, and the line that SmsMonthUsed listens to says the percentage", async () => {
    await usedBefore(8_000);
    const one = await aCase();
    await runAt(slot);
    expect(one.sent()).toHaveLength(1);
    const [line] = logged(logEvents.smsRun);
    expect(line.sent).toBeGreaterThanOrEqual(1);
    expect(line.mostUsedPercent).toBeGreaterThanOrEqual(80);
    expect((await readSmsCursor())?.use.byFrontEnd[client]).toMatchObject({ reservedSince: expect.any(String) });
  });

  test("that are reserved are for cases that were filed before, and what is stopped has its entry", async () => {
    await usedBefore(8_500, "2026-11-24T06:00:00.000Z");
    const late = await aCase();
    await usedBefore(8_500, "2026-11-24T06:09:59.000Z");
    await runAt(slot + day / 2 - 2 * 3_600_000);
    expect(late.sent()).toEqual([]);
    const stored = (await readSmsBatches("2026-11-24")).flatMap(({ messages }) => messages);
    expect(stored.findLast(({ id }) => id === late.complaint.id)).toMatchObject({ state: "stopped" });
  });
});

test("news that stands in no feed is told too, and a message that all providers refuse is told by the log and tried again", async () => {
  const at = new Date(slot + 2 * day - 3_600_000).toISOString();
  const one = await aCase([]);
  await usedBefore(0);
  await saveSmsCursor({
    isFinished: true,
    finishedTo: new Date(slot + 2 * day - 2 * 3_600_000).toISOString(),
    use: { month: "1405-09", byFrontEnd: {} },
  });
  await writeTransaction([smsNewsWrite({ complaintId: one.complaint.id, at })]);
  server.order({ fault: "no-credit", to: one.phone, count: 2 });
  await runAt(slot + 2 * day);
  expect(one.sent()).toEqual([]);
  expect(logged(logEvents.smsRun)[0]).toMatchObject({ refused: 1 });
  expect(logged(logEvents.smsNotSent)).toMatchObject([{ reason: "no-credit" }]);
  await runAt(slot + 2 * day + 4 * 3_600_000);
  expect(one.sent()).toHaveLength(1);
  await runAt(slot + 3 * day);
  expect(one.sent()).toHaveLength(1);
});
