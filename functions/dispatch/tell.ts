import { agenciesTold } from "#shared/domain/telling/audience.ts";
import { rolesTold } from "#shared/domain/telling/notification.ts";
import { sendToAgency } from "#shared/messaging/agency-queues.ts";
import { cloudEvent } from "#shared/messaging/cloud-event.ts";
import { queueNotifications } from "#shared/messaging/notifications.ts";
import { eventOrigin } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import type { StreamedEvent } from "#shared/store/events/fed-event.ts";

/**
 * Sends an event to the agencies it concerns (or `only` to this one), each through its own queue, and queues a mail for
 * each role that is mailed. May be repeated: the event keeps its id, and a mail that was noted as sent is not sent
 * again.
 */
export async function tell(event: StreamedEvent, only?: string): Promise<void> {
  const { complaintId, type } = event;
  const place = placeIn(event);
  const agencies = "version" in event ? agenciesTold(event).filter((id) => id === (only ?? id)) : [];
  if ("version" in event)
    for (const agencyId of agencies)
      await sendToAgency(agencyId, cloudEvent({ origin: eventOrigin, complaintId, event }));
  const roles = rolesTold(event);
  await queueNotifications(roles.map((role) => ({ ...place, role })));
  // In one line: what is logged of every event is paid for every event.
  log.info("event told", { ...place, type, agencies, roles });
}

function placeIn(event: StreamedEvent) {
  const { complaintId } = event;
  return "version" in event ? { complaintId, version: event.version } : { complaintId, private: event.private };
}
