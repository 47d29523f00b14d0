import { callDigitsMac } from "#shared/complaints/call-consent.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ConfidentialEntry, NewEntry } from "#shared/complaints/confidential-log.ts";
import { type Filing, Filing as FilingSchema, file } from "#shared/complaints/filing.ts";
import { identityDigest } from "#shared/identities/mask.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";

export const morning = "2026-11-24T06:10:00.000Z";

export function aComplaint(fields: Partial<Complaint> = {}): Complaint {
  return {
    id: "QZ-7K3M-9XPT-Q",
    status: "filed",
    version: 1,
    agencyId: "social-security",
    countyId: "qazvin",
    category: "postponed-without-reason",
    channel: "phone",
    language: "fa",
    filedBy: "call-centre-128",
    filedAt: morning,
    lastEventAt: morning,
    acknowledgeFrom: morning,
    transferCount: 0,
    acknowledgeBy: "2026-11-24T09:10:00.000Z",
    answerBy: "2026-11-26T06:10:00.000Z",
    level: 0,
    identityDigests: [],
    ...fields,
  };
}

export const agencyPrincipal: PrincipalOf<"agency"> = {
  caller: "agency",
  clientId: "agency-social-security",
  agencyId: "social-security",
};
export const inspectorPrincipal: PrincipalOf<"inspector"> = {
  caller: "inspector",
  clientId: "inspectors-application",
  person: "inspector-1",
};
/** The county's governor, who signed in. */
export const governorPrincipal: PrincipalOf<"overseer"> = {
  caller: "overseer",
  clientId: "overseers-application",
  person: "governor",
  fromLevel: 2,
  countyIds: ["qazvin"],
  seesRetaliation: false,
};
export const adminPrincipal: PrincipalOf<"admin"> = {
  caller: "admin",
  clientId: "admins-application",
  person: "admin",
};
export const citizenPrincipal: PrincipalOf<"citizen"> = { caller: "citizen", complaintId: "QZ-7K3M-9XPT-Q" };
export const callCentrePrincipal: PrincipalOf<"front-end"> = {
  caller: "front-end",
  clientId: "call-centre-128",
  channels: ["phone"],
  filingsPerMinute: 6_000,
};

/** What a front end would send; parsed, so that defaults and normalization are as in the handler. */
export function aFiling(fields: Record<string, unknown> = {}): Filing {
  return FilingSchema.parse(filingBody(fields));
}

export function filingBody(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    agencyId: "social-security",
    countyId: "qazvin",
    category: "postponed-without-reason",
    description: "از ساعت هشت صبح در صف بودم و کسی پشت باجه نبود.",
    channel: "phone",
    ...fields,
  };
}

/** A complaint filed with the given fields, as it would be written. */
export function aNewComplaint(fields: Record<string, unknown> = {}, id = "QZ-7K3M-9XPT-Q") {
  return file(aFiling(fields), {
    id,
    by: callCentrePrincipal,
    now: morning,
    deadlines: { acknowledgeBy: "2026-11-24T09:10:00.000Z", answerBy: "2026-11-26T06:10:00.000Z" },
    mayMail: true,
    identityDigest: (token) => identityDigest("a key for tests", token),
    digitsMac: (id, digits) => callDigitsMac("a key for tests", id, digits),
  });
}

/** A confidential log in which this was noted, numbered as the store does. */
export function aConfidentialLog(...entries: NewEntry[]): ConfidentialEntry[] {
  return entries.map((note, n): ConfidentialEntry => ({ ...note, entryNumber: n + 1 }));
}
