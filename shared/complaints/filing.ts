import * as z from "zod";
import { Fault, invalidFault } from "../fault.ts";
import type { ComplaintId } from "../identifier.ts";
import { Citizen, type Identity, type IsIdentityToken } from "../identities/identity.ts";
import { identityDigestsOf, maskText } from "../identities/mask.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { longestText, toleratedClockDifferenceMinutes } from "../policy-numbers.ts";
import { type Directory, isOperatedBy, isSandbox, refuseRetired } from "../province/directory.ts";
import { text } from "../text.ts";
import { SentInstant } from "../time/calendar.ts";
import { addMilliseconds, minuteMs } from "../time/duration.ts";
import { Channel, Slug } from "../vocabulary.ts";
import { createEntry } from "./change.ts";
import { accusedFrom, type Complaint, Employee, type Narrative } from "./complaint.ts";
import { consentEntry } from "./confidential-commands.ts";
import type { NewEntry } from "./confidential-log.ts";
import type { ComplaintEvent, EventOf } from "./event.ts";
import { headAfterFiling } from "./event-rules.ts";

/** A front end's request to file a complaint for a citizen. Without `citizen` the complaint is anonymous. */
export const Filing = z.strictObject({
  agencyId: Slug,
  countyId: Slug,
  officeId: Slug.optional(),
  category: Slug,
  description: text({ min: 10, max: longestText }),
  occurredAt: SentInstant.optional(),
  employee: Employee.optional(),
  channel: Channel,
  language: z.enum(["fa", "en"]).default("fa"),
  citizen: Citizen.optional(),
  /**
   * Makes the complaint a retaliation report. Names the earlier complaint for which the agency retaliated against the
   * citizen, and proves it by its secret.
   */
  retaliationFor: z.strictObject({ id: z.string().max(40), secret: z.string().max(40) }).optional(),
});
export type Filing = z.infer<typeof Filing>;

/** Refuses a filing that names an unknown or retired entry, or that this front end may not make. */
export function refuseFiling(
  filing: Filing,
  { by, directory, now }: { by: PrincipalOf<"front-end">; directory: Directory; now: string },
): Fault | undefined {
  if (filing.occurredAt && filing.occurredAt > addMilliseconds(now, toleratedClockDifferenceMinutes * minuteMs))
    return invalidFault("occurredAt", "in-the-future");
  const agency = directory.agencies.find(({ id }) => id === filing.agencyId);
  if (!by.channels.includes(filing.channel))
    return new Fault("channel-not-allowed", { values: { channel: filing.channel } });
  if (!agency) return new Fault("unknown-agency", { values: { agencyId: filing.agencyId } });
  if (!directory.counties.some(({ id }) => id === filing.countyId) || !agency.countyIds.includes(filing.countyId))
    return new Fault("unknown-county", { values: { countyId: filing.countyId } });
  if (
    filing.officeId &&
    !agency.offices.some(({ id, countyId }) => id === filing.officeId && countyId === filing.countyId)
  )
    return new Fault("unknown-office", { values: { officeId: filing.officeId } });
  if (!directory.categories.some(({ id }) => id === filing.category))
    return new Fault("unknown-category", { values: { category: filing.category } });
  // An agency's front end files no complaint against its own agency.
  const isOwnAgency = isOperatedBy(directory, { operatedBy: by.operatedBy, agencyId: filing.agencyId, now });
  if (isOwnAgency || (filing.retaliationFor && !mayFileRetaliationReports(by))) return new Fault("not-allowed");
  return refuseRetired(filing, { by, directory, now });
}

/**
 * An agency's front end files no retaliation reports, not even about other agencies. A sandbox front end files none
 * either: nobody reads reports in the sandbox.
 */
const mayFileRetaliationReports = ({ operatedBy, sandbox }: PrincipalOf<"front-end">) => !(operatedBy || sandbox);

/** A new complaint: its head, first event, texts, identity and first confidential entries. Written in one transaction. */
export type NewComplaint = {
  complaint: Complaint;
  event: ComplaintEvent;
  narrative: Narrative;
  identity?: Identity;
  /** Present if the citizen shares the identity with the agency. */
  consentEntry?: NewEntry;
  /** Present if the citizen agrees to be called. */
  callsAllowedEntry?: NewEntry;
  /** Present if the citizen chose digits for calls, with their keyed digest. */
  callDigits?: { entry: NewEntry; mac: string };
  /** Present if the citizen agrees to get messages. */
  smsAllowedEntry?: NewEntry;
  /** The number that gets messages; absent if too many complaints of the day name it. */
  smsPhone?: string | undefined;
  /** Present if the citizen was drawn to be called: the probability (0 to 1) of the draw. */
  callProbability?: number | undefined;
};

type FilingTerms = {
  id: ComplaintId;
  by: PrincipalOf<"front-end">;
  now: string;
  deadlines: Pick<Complaint, "acknowledgeBy" | "answerBy">;
  /** For a retaliation report: the earlier complaint, whose secret was checked, and when the review is due. */
  retaliation?: { retaliationFor: ComplaintId; reviewBy: string } | undefined;
  /** The keyed digest of one token of the citizen's identity (`identityDigestsOf`). */
  identityDigest: (word: string) => string;
  /** The keyed digest of the digits that the citizen chose for calls (`callDigitsMac`). */
  digitsMac: (id: ComplaintId, digits: string) => string;
  /** Whether one more complaint may send mails to the citizen's address. */
  mayMail: boolean;
  /** Draws the complaint. Returns the probability if it is drawn. Absent if nobody may be called. */
  drawForCalls?: ((id: ComplaintId) => number | undefined) | undefined;
};

/** Files a complaint. Both deadlines of the agency start; for a retaliation report only the review deadline starts. */
export function file(filing: Filing, terms: FilingTerms): NewComplaint {
  const { id, now, retaliation, identityDigest, digitsMac, mayMail, drawForCalls } = terms;
  const by = { by: "citizen" as const, clientId: terms.by.clientId };
  const { citizen, employee, description, occurredAt } = filing;
  const { shareWithAgency, mayBeCalled, callDigits, notifyBySms, ...identity }: Partial<Citizen> = citizen ?? {};
  const identityDigests = identityDigestsOf(identity, identityDigest);
  const event = filedEvent(filing, { ...terms, citizenIsMailed: identity.email && mayMail ? true : undefined });
  const complaint = headAfterFiling(event, {
    id,
    identityDigests,
    accused: employee && accusedFrom(employee),
  });
  const maskedTexts = maskNarrative(filing, (word) => identityDigests.includes(identityDigest(word)));
  const isNamed = Object.keys(identity).length > 0;
  // No agency sees a retaliation report, so there is none to share the identity with.
  const isShared = isNamed && shareWithAgency && !retaliation;
  return {
    complaint,
    event,
    narrative: { description, occurredAt, employee, maskedTexts },
    ...(isNamed && { identity }),
    ...(isShared && { consentEntry: consentEntry(complaint, { now, by }) }),
    ...(mayBeCalled && {
      callsAllowedEntry: createEntry(complaint, { now, by, payload: { type: "call-consent-given" } }),
    }),
    ...(callDigits !== undefined && {
      callDigits: {
        entry: createEntry(complaint, { now, by, payload: { type: "call-digits-chosen" } }),
        mac: digitsMac(id, callDigits),
      },
    }),
    ...(notifyBySms && {
      smsAllowedEntry: createEntry(complaint, { now, by, payload: { type: "sms-consent-given" } }),
      // Nobody gets a message about a trial complaint.
      smsPhone: isSandbox(complaint) ? undefined : identity.phone,
    }),
    // Calls serve the figures, and figures exclude retaliation reports.
    ...(mayBeCalled && !retaliation && { callProbability: drawForCalls?.(id) }),
  };
}

function filedEvent(filing: Filing, terms: FilingTerms & Pick<Complaint, "citizenIsMailed">): EventOf<"filed"> {
  const { agencyId, countyId, category, channel, language, officeId, citizen } = filing;
  const { by, now, retaliation, citizenIsMailed } = terms;
  const state = { agencyId, countyId, category, level: 0, citizenIsMailed, ...statusAndDeadlinesAtFiling(terms) };
  return {
    type: "filed",
    version: 1,
    at: now,
    by: "citizen",
    clientId: by.clientId,
    channel,
    origin: { language, officeId, retaliationFor: retaliation?.retaliationFor },
    statistics: citizen?.phone ? { phoneGiven: true } : undefined,
    after: { ...state, retaliation: retaliation && true },
  };
}

function statusAndDeadlinesAtFiling({ deadlines, retaliation }: FilingTerms) {
  if (!retaliation) return { status: "filed" as const, ...deadlines };
  const { reviewBy } = retaliation;
  return { status: "disputed" as const, reviewBy, acknowledgeBy: reviewBy, answerBy: reviewBy };
}

function maskNarrative(
  { description, employee = {} }: Filing,
  isIdentityToken: IsIdentityToken,
): Narrative["maskedTexts"] {
  // Words of the employee's name are not masked: an employee with the citizen's name must still be found.
  const isNumberOrEmail = (token: string) => /^\d+$|@/.test(token) && isIdentityToken(token);
  const { name, personnelId, counter } = employee;
  const maskedFields = Object.entries({
    name: name && maskText(name, isNumberOrEmail),
    personnelId: personnelId && maskText(personnelId, isNumberOrEmail),
    counter: counter && maskText(counter, isIdentityToken),
  }).filter(([, text]) => text);
  const maskedDescription = maskText(description, isIdentityToken);
  if (maskedDescription === undefined && maskedFields.length === 0) return undefined;
  return {
    description: maskedDescription,
    employee: maskedFields.length > 0 ? { ...employee, ...Object.fromEntries(maskedFields) } : undefined,
  };
}
