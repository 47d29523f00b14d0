import { type ComplaintEvent, eventId } from "../domain/event.ts";

/** What an agency's queue carries, CloudEvents 1.0 in JSON: where the complaint stands, never what anybody wrote or who they are. */
export function cloudEvent({ provinceId, complaintId, event }: Told) {
  const { after, at, type, version } = event;
  const { status, category, countyId, acknowledgeBy, answerBy, level } = after;
  return {
    specversion: "1.0",
    id: eventId(complaintId, version),
    source: `foad/${provinceId}`,
    type: `ir.foad.complaint.${type}.v1`,
    subject: complaintId,
    time: at,
    datacontenttype: "application/json",
    data: { complaintId, version, status, category, countyId, acknowledgeBy, answerBy, level },
  };
}
type Told = { provinceId: string; complaintId: string; event: ComplaintEvent };
