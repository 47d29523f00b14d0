import { expect, test } from "vitest";
import { executeClockMove } from "#shared/complaints/clock-moves.store.ts";
import { headWrite } from "#shared/complaints/complaints.store.ts";
import { expire } from "#shared/complaints/lifecycle.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

test("what time does to a complaint is decided at no earlier instant than its last event", async () => {
  const lastEventAt = "2026-12-04T10:00:00.200Z";
  const complaint = aComplaint({ status: "answered", confirmBy: "2026-12-04T10:00:00.000Z", lastEventAt });
  await writeTransaction([headWrite({ complaint, condition: undefined })]);
  const closed = await executeClockMove({
    id: complaint.id,
    now: "2026-12-04T10:00:00.100Z",
    decide: (current, now) => expire(current, { now }),
  });
  expect(closed).toMatchObject({ status: "closed", closedAt: lastEventAt, lastEventAt });
});
