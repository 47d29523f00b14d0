import * as z from "zod";
import { Status } from "../../../shared/domain/complaint.ts";
import { deadlinesAtTransfer } from "../../../shared/domain/deadlines.ts";
import { Fault } from "../../../shared/domain/fault.ts";
import { transfer } from "../../../shared/domain/lifecycle.ts";
import { Slug } from "../../../shared/domain/province.ts";
import { text } from "../../../shared/domain/text.ts";
import { categoryOf } from "../../../shared/runtime/category.ts";
import { directory } from "../../../shared/runtime/province.static.ts";
import { move } from "../../../shared/store/moves.ts";
import { readCalendars } from "../../../shared/store/office-hours.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { route } from "../route.ts";

const Transferred = z.object({ id: z.string(), agencyId: z.string(), status: Status, version: z.int() });

/** POST /v1/agency/complaints/{id}/transfer: the complaint is another agency's; it is no longer theirs to see. */
export const transferComplaint = route({
  caller: "agency",
  summary: "Send the complaint on to the agency it concerns",
  path: ComplaintPath,
  body: z.strictObject({ toAgencyId: Slug, reason: text({ min: 2, max: 1_000 }) }),
  answer: { status: 200, schema: Transferred.meta({ id: "Transferred" }) },
  problems: ["wrong-state", "transfer-limit", "unknown-agency", "stale", "idempotency-key-reused"],
  async run({ principal, path, body, now, once, ifMatch }) {
    const receiver = directory.agencies.find(({ id }) => id === body.toAgencyId);
    const calendarOf = await readCalendars({ from: now });
    const moved = await move({
      ...{ id: path.id, by: principal, now, once, ifMatch, leaves: true },
      decide(complaint) {
        const { category, countyId, answerBy } = complaint;
        if (!receiver?.countyIds.includes(countyId))
          throw new Fault("unknown-agency", { says: { agencyId: body.toAgencyId } });
        const calendar = calendarOf(countyId);
        const deadlines = deadlinesAtTransfer({ category: categoryOf(category), now, calendar, answerBy });
        return transfer(complaint, { ...body, by: principal, now, deadlines });
      },
    });
    return { status: 200, body: Transferred.parse(moved), headers: { etag: `"${moved.version}"` } };
  },
});
