import { type BatchGetCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { acknowledge, withdraw } from "#shared/complaints/moves.ts";
import { Fault } from "#shared/fault.ts";
import type { IdempotencyKey } from "#shared/storage/commands.ts";
import { table } from "#shared/storage/table.ts";
import { agencyPrincipal, aNewComplaint, inspectorPrincipal } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writeComplaint } from "../support/stored-complaints.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
let id = "";
let count = 0;

beforeEach(async () => {
  id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  await writeComplaint(aNewComplaint({}, id));
});

const takenBy = (
  name: string,
  more: { idempotencyKey?: IdempotencyKey; ifMatch?: string[]; agencyId?: string; at?: string } = {},
) => {
  const by = { ...agencyPrincipal, agencyId: more.agencyId ?? agencyPrincipal.agencyId };
  const request = {
    path: { id },
    principal: by,
    now: more.at ?? now,
    idempotencyKey: more.idempotencyKey,
    ifMatch: more.ifMatch,
  };
  return executeMove(request, (complaint) => acknowledge(complaint, { by, now, officer: { name } }));
};
const versions = async () => (await readComplaintRecord(id)).events.map(({ version, type }) => `${version} ${type}`);

test("a move writes the new state and its event together", async () => {
  await takenBy("مریم کریمی");
  const { complaint, events } = await readComplaintRecord(id);
  expect(complaint).toMatchObject({ status: "acknowledged", version: 2, officer: { name: "مریم کریمی" } });
  expect(events.at(-1)).toMatchObject({ version: 2, type: "acknowledged", at: now, by: "agency" });
});

test("of two officers at the same instant one acknowledges, the other is told the state it is in", async () => {
  const both = await Promise.allSettled([takenBy("نفر یکم"), takenBy("نفر دوم")]);
  const refused = both.filter((result) => result.status === "rejected");
  expect(refused.map(({ reason }) => reason)).toMatchObject([
    { code: "wrong-state", values: { status: "acknowledged" } },
  ]);
  expect(await versions()).toEqual(["1 filed", "2 acknowledged"]);
});

test("twelve moves at the same instant leave no gap and lose none that was answered", async () => {
  const citizen = { caller: "citizen" as const, complaintId: id };
  const request = { path: { id }, principal: citizen, now };
  const giveUp = () => executeMove(request, (complaint) => withdraw(complaint, { by: citizen, now }));
  const all = await Promise.allSettled([
    ...Array.from({ length: 6 }, () => takenBy("یک نفر")),
    ...Array.from({ length: 6 }, giveUp),
  ]);
  const won = all.filter(({ status }) => status === "fulfilled").length;
  const written = await versions();
  expect(written).toHaveLength(1 + won);
  expect(written.map((line) => Number.parseInt(line, 10))).toEqual(written.map((_, n) => n + 1));
});

describe("a repeated request", () => {
  const idempotencyKey = { keyMac: "a key", bodyMac: "a body" };

  test("changes nothing and finds the complaint as it is now", async () => {
    const first = await takenBy("مریم کریمی", { idempotencyKey });
    expect(await takenBy("مریم کریمی", { idempotencyKey })).toEqual(first);
    expect(await versions()).toEqual(["1 filed", "2 acknowledged"]);
  });

  test.each(["the complaint before, and the key after", "the key before, and the complaint after"])(
    "that is under way while the first is written, and reads %s it, is answered like the first",
    async (order) => {
      const send = table.send.bind(table);
      const spy = vi.spyOn(table, "send") as unknown as MockInstance<(command: unknown) => Promise<unknown>>;
      spy.mockImplementationOnce(async (command) => {
        const { RequestItems = {} } = (command as BatchGetCommand).input;
        const [name = "", { Keys = [] } = {}] = Object.entries(RequestItems)[0] ?? [];
        const [head = {}, key = {}] = Keys;
        const read = async (Key: Record<string, unknown>) =>
          (await send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))).Item ?? [];
        const [one, other] = order.startsWith("the complaint") ? [head, key] : [key, head];
        const early = await read(one);
        await takenBy("مریم کریمی", { idempotencyKey, ifMatch: ["1"] });
        return { Responses: { [name]: [early, await read(other)].flat() } };
      });
      const second = await takenBy("مریم کریمی", { idempotencyKey, ifMatch: ["1"] });
      spy.mockRestore();
      expect(second).toMatchObject({ status: "acknowledged", version: 2 });
      expect(await versions()).toEqual(["1 filed", "2 acknowledged"]);
    },
  );

  test("with another body is refused", async () => {
    await takenBy("مریم کریمی", { idempotencyKey });
    await expect(takenBy("دیگری", { idempotencyKey: { ...idempotencyKey, bodyMac: "another" } })).rejects.toMatchObject(
      {
        code: "idempotency-key-reused",
      },
    );
  });

  test("after a day is a new request", async () => {
    await takenBy("مریم کریمی", { idempotencyKey });
    const nextDay = "2026-11-25T07:00:01.000Z";
    await expect(takenBy("مریم کریمی", { idempotencyKey, at: nextDay })).rejects.toMatchObject({ code: "wrong-state" });
  });
});

test("a version that has passed is stale", async () => {
  await expect(takenBy("مریم کریمی", { ifMatch: ["7"] })).rejects.toMatchObject({ code: "version-outdated" });
  await takenBy("مریم کریمی", { ifMatch: ["1"] });
});

test.each([
  ["of another agency", () => takenBy("کسی", { agencyId: "gas", ifMatch: ["7"] })],
  [
    "that is not there",
    () =>
      executeMove({ path: { id: "QZ-9999-9999-9" }, principal: agencyPrincipal, now }, () =>
        expect.fail("must not be asked"),
      ),
  ],
])("a complaint %s does not exist, and nothing is written", async (_, attempt) => {
  await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
  expect(await versions()).toEqual(["1 filed"]);
});

test("an agency cannot move what would be forgotten by now, were it not held; to inspectors it is there", async () => {
  const closed = { status: "closed", closure: "accepted", closedAt: now } as const;
  const { complaint, ...rest } = aNewComplaint({}, "QZ-9999-0000-0");
  await writeComplaint({ ...rest, complaint: { ...complaint, ...closed } });
  const path = { id: complaint.id };
  const nothing = () => {
    throw new Fault("wrong-state");
  };
  const [before, due] = ["2036-11-21T06:59:59.999Z", "2036-11-21T07:00:00.000Z"];
  await expect(executeMove({ path, principal: agencyPrincipal, now: before }, nothing)).rejects.toMatchObject({
    code: "wrong-state",
  });
  await expect(executeMove({ path, principal: agencyPrincipal, now: due }, nothing)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(executeMove({ path, principal: inspectorPrincipal, now: due }, nothing)).rejects.toMatchObject({
    code: "wrong-state",
  });
});
