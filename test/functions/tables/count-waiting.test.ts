import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countWaitingComplaints } from "#functions/figures/count-waiting.job.ts";
import { readWaiting } from "#functions/figures/published.store.ts";
import { file } from "#shared/complaints/filing.ts";
import { env } from "#shared/runtime/environment.ts";
import { inboxKey } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { aFiling, callCentrePrincipal, morning } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { writeComplaint } from "../../support/stored-complaints.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();
beforeAll(() => {
  process.env.STATISTICS_KEY_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:statistics";
});
const secrets = mockClient(SecretsManagerClient);
secrets.on(GetSecretValueCommand).resolves({ SecretString: "a key for tests" });
const log = captureLog();
afterAll(log.release);

const hourMs = 60 * 60_000;
/** Six in the first morning of Azar in Tehran. */
const atSix = "2026-11-22T02:30:00.000Z";
const [azar, dey, deyAtSix] = ["1405-09", "1405-10", "2026-12-22T02:30:00.000Z"];
const [bahman, bahmanAtSix] = ["1405-11", "2027-01-21T02:30:00.000Z"];

let filed = 0;
type Filed = { agencyId: string; dueInHours: number; isRetaliation?: true };

async function fileMany(size: number, { agencyId, dueInHours, isRetaliation }: Filed): Promise<void> {
  const due = addMilliseconds(morning, dueInHours * hourMs);
  for (let n = 0; n < size; n++)
    await writeComplaint(
      file(aFiling({ agencyId }), {
        id: `QZ-${String(filed++).padStart(4, "0")}-0000-0`,
        by: callCentrePrincipal,
        now: morning,
        deadlines: { acknowledgeBy: due, answerBy: due },
        ...(isRetaliation && { retaliation: { retaliationFor: "QZ-9999-0000-0", reviewBy: due } }),
        identityDigest: String,
        digitsMac: String,
        mayMail: false,
      }),
    );
}

test("what waits is counted once a month, from six in its first morning on, without reports of retaliation", async () => {
  await fileMany(134, { agencyId: "gas", dueInHours: 48 });
  await fileMany(48, { agencyId: "gas", dueInHours: 200 });
  await fileMany(7, { agencyId: "bank-melli", dueInHours: 48 });
  await fileMany(20, { agencyId: "bank-melli", dueInHours: 48, isRetaliation: true });
  expect(await countWaitingComplaints({ now: addMilliseconds(atSix, -1) })).toBe(atSix);
  expect(await readWaiting(azar)).toBeUndefined();
  expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(0);
  // Where nothing ran for days.
  expect(await countWaitingComplaints({ now: addMilliseconds(atSix, 5 * 24 * hourMs) })).toBe(deyAtSix);
  const published = await readWaiting(azar);
  expect(published?.date).toBe("2026-11-27");
  // Rounded to tens by this key, as Python computes it: 134, 48 and 7 of agencies, 141 and 48 of the province.
  expect(published?.agencies.gas).toEqual({ overdue: 130, notYetDue: 40 });
  expect(published?.agencies["bank-melli"]).toEqual({ overdue: "<20", notYetDue: "<20" });
  expect(published?.province).toEqual({ overdue: 150, notYetDue: 40 });
});

test("every agency has a row, one with nothing that waits too", async () => {
  const { agencies = {} } = (await readWaiting(azar)) ?? {};
  expect(Object.keys(agencies).length).toBeGreaterThan(30);
  expect(agencies["bank-sepah"]).toEqual({ overdue: "<20", notYetDue: "<20" });
});

test("a month that was counted is not counted again, whatever happened since", async () => {
  const before = await readWaiting(azar);
  await fileMany(33, { agencyId: "bank-melli", dueInHours: 48 });
  await countWaitingComplaints({ now: addMilliseconds(deyAtSix, -1) });
  expect(await readWaiting(azar)).toEqual(before);
  await countWaitingComplaints({ now: deyAtSix });
  // Forty complaints by now.
  expect((await readWaiting(dey))?.agencies["bank-melli"]?.overdue).toBe(40);
});

test("what is transferred while it is counted, and so listed with two agencies, is counted once", async () => {
  const TableName = env("COMPLAINTS_TABLE");
  const inbox = inboxKey({ agencyId: "gas", status: "open" });
  const { Items = [] } = await table.send(new ScanCommand({ TableName, IndexName: "inbox" }));
  const open = Items.filter((item) => item.inbox === inbox);
  expect(open.length).toBe(182);
  for (const item of open) {
    const Item = { ...item, pk: `${item.pk}, again`, inbox: inboxKey({ agencyId: "post", status: "open" }) };
    await table.send(new PutCommand({ TableName, Item }));
  }
  await countWaitingComplaints({ now: bahmanAtSix });
  // 182 of gas and 40 of the bank; counted twice they would be 404.
  expect((await readWaiting(bahman))?.province.overdue).toBe(220);
});

test("nothing is published while one of what waits cannot be read", async () => {
  const newer = { pk: "COMPLAINT#QZ-9998-0000-0", sk: "HEAD", id: "QZ-9998-0000-0", status: "resting" };
  const Item = { ...newer, inbox: inboxKey({ agencyId: "gas", status: "open" }), inboxAt: "2027-01-01" };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
  const [esfand, esfandAtSix] = ["1405-12", "2027-02-20T02:30:00.000Z"];
  await expect(countWaitingComplaints({ now: esfandAtSix })).rejects.toThrow("1 open complaints of gas");
  expect(await readWaiting(esfand)).toBeUndefined();
});
