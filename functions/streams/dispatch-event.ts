import { agenciesTold } from "../../shared/domain/access.ts";
import { rolesTold } from "../../shared/domain/notification.ts";
import { sendToAgency } from "../../shared/messaging/agency-queues.ts";
import { cloudEvent } from "../../shared/messaging/cloud-event.ts";
import { queueNotifications } from "../../shared/messaging/notifications.ts";
import { log } from "../../shared/runtime/log.ts";
import { provinceId } from "../../shared/runtime/province.static.ts";
import { stream } from "./stream.ts";

/** Tells the agencies concerned what happened to a complaint, each through its own queue, and queues a mail for each who is told by mail. */
export const handler = stream(async (event) => {
  const { complaintId, version, type } = event;
  for (const agencyId of agenciesTold(event)) {
    await sendToAgency(agencyId, cloudEvent({ provinceId, complaintId, event }));
    log.info("event dispatched", { complaintId, version, type, agencyId });
  }
  const roles = rolesTold(event);
  await queueNotifications(roles.map((role) => ({ complaintId, version, role })));
  log.info("mails queued", { complaintId, version, type, roles });
});
