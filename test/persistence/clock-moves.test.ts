import { expect, test } from "vitest";
import { expire } from "#shared/domain/complaint/lifecycle.ts";
import { executeClockMove } from "#shared/persistence/complaints/clock-moves.ts";
import { headWrite } from "#shared/persistence/complaints/complaints.ts";
import { writeTransaction } from "#shared/persistence/transaction.ts";
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
