import { audience } from "../../shared/domain/access.ts";
import { sendToAgency } from "../../shared/messaging/agency-queues.ts";
import { cloudEvent } from "../../shared/messaging/cloud-event.ts";
import { log } from "../../shared/runtime/log.ts";
import { provinceId } from "../../shared/runtime/province.static.ts";
import { stream } from "./stream.ts";

/** Tells the agency that holds a complaint what happened to it, through its own queue. */
export const handler = stream(async (event) => {
  if (!audience[event.type].includes("agency")) return;
  const { complaintId } = event;
  const { agencyId } = event.after;
  await sendToAgency(agencyId, cloudEvent({ provinceId, complaintId, event }));
  log.info("event dispatched", { complaintId, version: event.version, type: event.type, agencyId });
});
