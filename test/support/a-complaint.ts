import { identityMark } from "#shared/domain/citizen/mask.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type Filing, Filing as FilingSchema, file } from "#shared/domain/complaint/filing.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import type { Note, PrivateEvent } from "#shared/domain/complaint/private-series.ts";

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
    movedAt: morning,
    acknowledgeFrom: morning,
    transfers: 0,
    acknowledgeBy: "2026-11-24T09:10:00.000Z",
    answerBy: "2026-11-26T06:10:00.000Z",
    level: 0,
    identityMarks: [],
    ...fields,
  };
}

export const theAgency: PrincipalOf<"agency"> = {
  caller: "agency",
  clientId: "agency-social-security",
  agencyId: "social-security",
};
export const theInspector: PrincipalOf<"inspector"> = {
  caller: "inspector",
  clientId: "inspectors-application",
  person: "inspector-1",
};
export const theAdmin: PrincipalOf<"admin"> = { caller: "admin", clientId: "admins-application", person: "admin" };
export const theCitizen: PrincipalOf<"citizen"> = { caller: "citizen", complaintId: "QZ-7K3M-9XPT-Q" };
export const theCallCentre: PrincipalOf<"front-end"> = {
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
    by: theCallCentre,
    now: morning,
    deadlines: { acknowledgeBy: "2026-11-24T09:10:00.000Z", answerBy: "2026-11-26T06:10:00.000Z" },
    mayMail: true,
    mark: (token) => identityMark("a key for tests", token),
  });
}

/** A private series in which this was noted, numbered as the store does. */
export function aSeries(...notes: Note[]): PrivateEvent[] {
  return notes.map((note, n): PrivateEvent => ({ ...note, private: n + 1 }));
}
