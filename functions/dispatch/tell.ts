import { agenciesTold } from "#shared/domain/telling/audience.ts";
import { rolesTold } from "#shared/domain/telling/notification.ts";
import { sendToAgency } from "#shared/messaging/agency-queues.ts";
import { cloudEvent } from "#shared/messaging/cloud-event.ts";
import { queueNotifications } from "#shared/messaging/notifications.ts";
import { provinceId } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import type { FedEvent } from "#shared/store/events/fed-event.ts";

/**
 * Tells the agencies concerned what happened to a complaint, each through its own queue, or `only` one of them, and queues
 * a mail for each who is told by mail. Told again it is the same event, and a mail that was sent is not sent again.
 */
export async function tell(event: FedEvent, only?: string): Promise<void> {
  const { complaintId, version, type } = event;
  for (const agencyId of agenciesTold(event).filter((id) => id === (only ?? id))) {
    await sendToAgency(agencyId, cloudEvent({ provinceId, complaintId, event }));
    log.info("event dispatched", { complaintId, version, type, agencyId });
  }
  const roles = rolesTold(event);
  await queueNotifications(roles.map((role) => ({ complaintId, version, role })));
  log.info("mails queued", { complaintId, version, type, roles });
}
