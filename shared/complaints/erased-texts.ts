import { maskCharacters } from "../identities/mask.ts";
import type { Complaint, Narrative } from "./complaint.ts";
import type { ConfidentialEntry } from "./confidential-log.ts";
import type { ComplaintEvent, EventOf } from "./event.ts";

/** Replaces an officer or employee whose name is erased. It reads like a masked name. */
const officerWithoutDetails = { name: maskCharacters };

/**
 * An event after its texts and names are erased. It keeps who did what and when, and the finding. A new type of event
 * needs a case here.
 */
export function eventWithoutTexts(original: ComplaintEvent): ComplaintEvent {
  const event: ComplaintEvent = { ...original, maskedTexts: undefined };
  switch (event.type) {
    case "acknowledged":
      return { ...event, officer: officerWithoutDetails };
    case "answered":
      return { ...event, officer: officerWithoutDetails, ...judgementWithoutTexts(event) };
    case "decided":
      return { ...event, ...judgementWithoutTexts(event) };
    case "transferred":
    case "extended":
    case "disputed":
      return { ...event, reason: maskCharacters };
    case "promise-reported":
      return { ...event, text: maskCharacters, officer: officerWithoutDetails };
    case "withdrawn":
      return { ...event, reason: event.reason && maskCharacters };
    case "rejected":
    case "promise-objected":
    case "promise-judged":
      return { ...event, text: maskCharacters };
    case "message-posted":
      return { ...event, text: maskCharacters, officer: officerWithoutTexts(event.officer) };
    case "visit-reported":
      return { ...event, text: maskCharacters, location: undefined };
    case "directive-given":
      return { ...event, text: maskCharacters, name: event.name && maskCharacters };
    case "statement-added":
      return { ...event, text: maskCharacters, employee: officerWithoutDetails };
    case "filed":
    case "accepted":
    case "expired":
    case "escalated":
    case "attachment-added":
    case "issue-linked":
    case "issue-unlinked":
    case "promise-reminded":
    // Its reason is an admin's text about a day, not about a case.
    case "deadlines-changed":
      return event;
  }
}

function judgementWithoutTexts({ actions }: Pick<EventOf<"decided">, "actions">) {
  return { text: maskCharacters, actions: actions.map((action) => ({ ...action, text: maskCharacters })) };
}

/** The same for an entry of the confidential log. An opinion loses its comment only. */
export function entryWithoutTexts(entry: ConfidentialEntry): ConfidentialEntry {
  switch (entry.type) {
    case "opinion-given":
    case "call-recorded":
      return { ...entry, comment: undefined };
    case "hold-set":
    case "hold-lifted":
      return { ...entry, reason: maskCharacters };
    case "identity-read":
    case "renewal-requested":
    case "secret-renewed":
      return { ...entry, name: entry.name && maskCharacters };
    case "visit-cancelled":
      return { ...entry, reason: maskCharacters };
    case "visit-ordered":
    case "visit-planned":
    case "visit-overdue":
    case "consent-given":
    case "consent-withdrawn":
    case "identity-erased":
    case "texts-erased":
    case "call-consent-given":
    case "call-consent-withdrawn":
    case "sms-consent-given":
    case "sms-consent-withdrawn":
    case "call-digits-chosen":
    case "call-opened":
    case "call-digits-wrong":
    case "phone-read":
    case "notice-call-recorded":
    case "issue-call-recorded":
    case "read-to-citizen":
    case "notice-opened":
    case "notice-agreed":
    case "notice-disagreed":
    case "notice-served":
    case "notice-ended":
    case "notice-due":
    case "dispute-lodged-by-phone":
      return entry;
  }
}

/** The head without names. Without texts nothing is left to mask, so it keeps no digests of the identity. */
export function headWithoutTexts(complaint: Complaint): Complaint {
  return { ...complaint, officer: officerWithoutTexts(complaint.officer), accused: undefined, identityDigests: [] };
}

export const officerWithoutTexts = (officer: Complaint["officer"]) => officer && officerWithoutDetails;

export function narrativeWithoutTexts({ occurredAt }: Narrative): Narrative {
  return { description: maskCharacters, occurredAt, employee: undefined, maskedTexts: undefined };
}
