import { rolesToMail } from "#shared/complaints/event-rules.ts";
import { eventOrigin } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { cloudEvent, issueCloudEvent } from "./cloud-event.ts";
import { type IssueFeedEvent, recipientsOf, type StreamEvent } from "./feeds.store.ts";
import { queueNotifications, sendToAgency } from "./queues.job.ts";

/**
 * Sends an event to each agency that it concerns, through the agency's own queue, and queues a mail for each role that
 * gets one. With `onlyAgencyId`, only this agency gets the event. A repetition is safe: the event keeps its id, and a
 * mail that is recorded as sent is not sent again.
 */
export async function deliverEvent(event: StreamEvent, onlyAgencyId?: string): Promise<void> {
  const agencies = recipientsOf(event).filter((id) => id === (onlyAgencyId ?? id));
  if (!("complaintId" in event)) return deliverIssueEvent(event, agencies);
  const { complaintId, type } = event;
  const reference = eventReference(event);
  if ("version" in event)
    for (const agencyId of agencies)
      await sendToAgency(agencyId, cloudEvent({ origin: eventOrigin, complaintId, event }));
  const roles = rolesToMail(event);
  await queueNotifications(roles.map((role) => ({ ...reference, role })));
  // One log line for each event: every further line would cost money for every event.
  log.info("event delivered", { ...reference, type, agencies, roles });
}

/** An event of an issue mails nobody: its lists have it. */
async function deliverIssueEvent(event: IssueFeedEvent, agencies: readonly string[]): Promise<void> {
  for (const agencyId of agencies) await sendToAgency(agencyId, issueCloudEvent({ origin: eventOrigin, event }));
  const { issueId, version, type } = event;
  log.info("event delivered", { issueId, version, type, agencies });
}

function eventReference(event: Exclude<StreamEvent, IssueFeedEvent>) {
  const { complaintId } = event;
  return "version" in event ? { complaintId, version: event.version } : { complaintId, entryNumber: event.entryNumber };
}
