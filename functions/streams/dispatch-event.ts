import { agenciesTold } from "../../shared/domain/access.ts";
import { sendToAgency } from "../../shared/messaging/agency-queues.ts";
import { cloudEvent } from "../../shared/messaging/cloud-event.ts";
import { log } from "../../shared/runtime/log.ts";
import { provinceId } from "../../shared/runtime/province.static.ts";
import { stream } from "./stream.ts";

/** Tells the agencies concerned what happened to a complaint, each through its own queue. */
export const handler = stream(async (event) => {
  const { complaintId, version, type } = event;
  for (const agencyId of agenciesTold(event)) {
    await sendToAgency(agencyId, cloudEvent({ provinceId, complaintId, event }));
    log.info("event dispatched", { complaintId, version, type, agencyId });
  }
});
