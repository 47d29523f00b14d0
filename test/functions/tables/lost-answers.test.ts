import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { countReads } from "#functions/audit/audit.store.ts";
import { isMailedAtOnce, takeWaitingMails } from "#functions/messages/late-mails.store.ts";
import { type SmsBatch, writeNewSmsBatch } from "#functions/messages/sms.store.ts";
import { table } from "#shared/storage/table.ts";
import { addMilliseconds, hourMs } from "#shared/time/duration.ts";
import { withRealTables } from "../../support/real-tables.ts";

withRealTables();
const now = "2026-12-05T08:00:00.000Z";
const writes = ["PutItemCommand", "UpdateItemCommand", "PutCommand", "UpdateCommand"];

/** The number of writes whose answer is thrown away after DynamoDB has made the write. The SDK sends each of these writes again. */
let toLose = 0;
beforeEach(() => {
  toLose = 0;
});
table.middlewareStack.add(
  (next, { commandName = "" }) =>
    async (args) => {
      const result = await next(args);
      if (!writes.includes(commandName) || toLose === 0) return result;
      toLose -= 1;
      throw Object.assign(new Error("the answer is lost"), { name: "TimeoutError" });
    },
  { step: "deserialize", name: "losesAnswers", override: true },
);

describe("a conditional write whose answer was lost is the writer's own", () => {
  test("a reading counts once, so nobody is blocked who was allowed", async () => {
    const counting = { sub: randomUUID(), now, name: "identities", maximum: 2 } as const;
    toLose = 1;
    expect((await countReads(counting)).quota.remaining).toBe(1);
    expect(toLose).toBe(0);
    expect((await countReads(counting)).quota.remaining).toBe(0);
  });

  test("a batch of messages is sent by the run that wrote it, and by no other", async () => {
    const batch: SmsBatch = {
      date: "2026-12-05",
      run: randomUUID(),
      number: 1,
      to: now,
      at: now,
      messages: [],
      use: { month: "1405-09", byFrontEnd: {} },
    };
    toLose = 1;
    expect(await writeNewSmsBatch(batch)).toBe(true);
    expect(toLose).toBe(0);
    expect(await writeNewSmsBatch(batch)).toBe(false);
  });

  test("the mails of an hour are taken by the run that took them, and by no other", async () => {
    const name = `county-governor#${randomUUID()}`;
    await isMailedAtOnce(name, { complaintId: "QZ-1", version: 2 }, now);
    await isMailedAtOnce(name, { complaintId: "QZ-2", version: 2 }, now);
    const later = addMilliseconds(now, hourMs);
    toLose = 1;
    expect(await takeWaitingMails(name, later)).toEqual([{ complaintId: "QZ-2", version: 2 }]);
    expect(toLose).toBe(0);
    expect(await takeWaitingMails(name, later)).toBeUndefined();
  });
});
