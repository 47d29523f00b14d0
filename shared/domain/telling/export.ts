import * as z from "zod";
import { Complaint, stored } from "../complaint/complaint.ts";
import { isIdentityKept, type Keeping } from "../complaint/forgetting.ts";
import { ComplaintId } from "../complaint/identifier.ts";
import { Deadlines } from "../deadlines/explanation.ts";
import { Instant } from "../time/instant.ts";
import { CitizenView, type Confidence, citizenView, type Story } from "./view.ts";

/** What the citizen said at filing that their view leaves out. */
const Filing = z.object({
  officeId: Complaint.shape.officeId,
  occurredAt: Instant.optional(),
  employee: stored.employee.optional(),
  language: Complaint.shape.language,
  retaliationFor: ComplaintId.optional(),
});

/** All that a citizen may know of a complaint: what was said, seen and done, and how its deadlines came about. */
export const ComplaintExport = z
  .object({
    exportedAt: Instant,
    complaint: CitizenView,
    filing: Filing,
    /** Whether it is kept who complains; who that is, no export may read. */
    identityKept: z.boolean(),
    clocks: Deadlines.shape.clocks,
  })
  .meta({ id: "ComplaintExport" });
export type ComplaintExport = z.infer<typeof ComplaintExport>;

type Exported = Pick<Confidence, "series"> & Deadlines & Keeping;

export function exportOf(story: Story, { series, clocks, now, retention }: Exported): ComplaintExport {
  const { complaint, narrative, events } = story;
  // A transfer takes the office from the head, but not from the event.
  const officeId = events.find((event) => event.type === "filed")?.origin.officeId ?? complaint.officeId;
  return ComplaintExport.parse({
    exportedAt: now,
    complaint: citizenView(story, { series, now, retention }),
    filing: { ...complaint, ...narrative, officeId },
    identityKept: isIdentityKept(complaint, series),
    clocks,
  });
}
