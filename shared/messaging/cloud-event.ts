import * as z from "zod";
import { type ComplaintEvent, eventId, Snapshot } from "../domain/complaint/event.ts";
import { ComplaintId } from "../domain/complaint/identifier.ts";
import { Instant } from "../domain/time/instant.ts";
import { Slug } from "../domain/vocabulary.ts";

const Standing = Snapshot.pick({
  status: true,
  category: true,
  countyId: true,
  acknowledgeBy: true,
  answerBy: true,
  level: true,
});

/**
 * A message of an agency's queue and feed, CloudEvents 1.0 in JSON: where the complaint stands, never what anybody
 * wrote or who complains.
 */
export const CloudEvent = z.object({
  specversion: z.literal("1.0"),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: ComplaintId,
  time: Instant,
  datacontenttype: z.literal("application/json"),
  data: z.object({
    complaintId: ComplaintId,
    version: z.int().min(1),
    ...Standing.shape,
    /** Of a transfer alone: who holds it now, and who gave it away and sees no more of it. */
    agencyId: Slug.optional(),
    fromAgencyId: Slug.optional(),
  }),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

/** The event as agencies are told of it. */
export function cloudEvent({ provinceId, complaintId, event }: Telling): CloudEvent {
  const { after, at, type, version, fromAgencyId } = event;
  return {
    specversion: "1.0",
    id: eventId(complaintId, version),
    source: `foad/${provinceId}`,
    type: `ir.foad.complaint.${type}.v1`,
    subject: complaintId,
    time: at,
    datacontenttype: "application/json",
    data: {
      complaintId,
      version,
      ...Standing.parse(after),
      ...(fromAgencyId && { agencyId: after.agencyId, fromAgencyId }),
    },
  };
}

/** Of whatever type: one that a newer version wrote into an agency's feed is told by its name. */
type Told = Pick<ComplaintEvent, "version" | "at" | "after"> & { type: string; fromAgencyId?: string };
type Telling = { provinceId: string; complaintId: string; event: Told };
