import * as z from "zod";
import { Citizen, type Identity } from "./citizen.ts";
import { accusedOf, type Complaint, Employee, type Narrative } from "./complaint.ts";
import { type ComplaintEvent, Snapshot } from "./event.ts";
import { Fault } from "./fault.ts";
import type { ComplaintId } from "./identifier.ts";
import { givenTokens, type IsGiven, maskText } from "./mask.ts";
import type { PrincipalOf } from "./principal.ts";
import { Channel, Slug } from "./province.ts";
import { text } from "./text.ts";

/** What a front end files on behalf of a citizen. No `citizen` means anonymous. */
export const Filing = z.strictObject({
  agencyId: Slug,
  countyId: Slug,
  officeId: Slug.optional(),
  category: Slug,
  description: text({ min: 10, max: 4_000 }),
  occurredAt: z.iso
    .datetime()
    .transform((instant) => new Date(instant).toISOString())
    .optional(),
  employee: Employee.optional(),
  channel: Channel,
  language: z.enum(["fa", "en"]).default("fa"),
  citizen: Citizen.optional(),
});
export type Filing = z.infer<typeof Filing>;

/** What a filing is checked against: the province's agencies with their counties and offices, and its categories. */
export type Directory = {
  counties: { id: string }[];
  agencies: { id: string; countyIds: string[]; offices: { id: string; countyId: string }[] }[];
  categories: { id: string }[];
};

/** Refuses a filing that names what the province does not have, or that this front end may not file. */
export function mustBeFilable(
  filing: Filing,
  { by, directory }: { by: PrincipalOf<"front-end">; directory: Directory },
): void {
  const agency = directory.agencies.find(({ id }) => id === filing.agencyId);
  if (!by.channels.includes(filing.channel))
    throw new Fault("channel-not-allowed", { says: { channel: filing.channel } });
  if (!agency) throw new Fault("unknown-agency", { says: { agencyId: filing.agencyId } });
  if (!directory.counties.some(({ id }) => id === filing.countyId) || !agency.countyIds.includes(filing.countyId))
    throw new Fault("unknown-county", { says: { countyId: filing.countyId } });
  if (
    filing.officeId &&
    !agency.offices.some(({ id, countyId }) => id === filing.officeId && countyId === filing.countyId)
  )
    throw new Fault("unknown-office", { says: { officeId: filing.officeId } });
  if (!directory.categories.some(({ id }) => id === filing.category))
    throw new Fault("unknown-category", { says: { category: filing.category } });
  if (by.operatedBy === filing.agencyId) throw new Fault("not-allowed");
}

/** A new complaint, ready to be written together: its state, first event, texts, and who complains (kept apart). */
export type NewComplaint = { complaint: Complaint; event: ComplaintEvent; narrative: Narrative; identity?: Identity };

type FilingTerms = {
  id: ComplaintId;
  by: PrincipalOf<"front-end">;
  now: string;
  deadlines: Pick<Complaint, "acknowledgeBy" | "answerBy">;
  /** Digest of a word of the citizen's name. */
  mark: (word: string) => string;
};

/** Both clocks start; the event keeps how the complaint stood. */
export function file(filing: Filing, { id, by, now, deadlines, mark }: FilingTerms): NewComplaint {
  const { citizen, employee, description, occurredAt, ...named } = filing;
  const { shareWithAgency, ...identity }: Citizen = citizen ?? { shareWithAgency: false };
  const identityMarks = givenTokens(identity).map(mark);
  const complaint: Complaint = {
    ...named,
    id,
    status: "filed",
    version: 1,
    filedBy: by.clientId,
    filedAt: now,
    acknowledgeFrom: now,
    ...deadlines,
    transfers: 0,
    level: 0,
    identityShared: shareWithAgency,
    hasEmail: identity.email ? true : undefined,
    identityMarks,
    accused: employee && accusedOf(employee),
  };
  const masked = shareWithAgency ? undefined : maskNarrative(filing, (word) => identityMarks.includes(mark(word)));
  return {
    complaint,
    event: {
      type: "filed",
      version: 1,
      at: now,
      by: "citizen",
      client: by.clientId,
      channel: filing.channel,
      after: Snapshot.parse(complaint),
    },
    narrative: { description, occurredAt, employee, masked },
    ...(Object.keys(identity).length > 0 && { identity }),
  };
}

function maskNarrative({ description, employee }: Filing, isGiven: IsGiven): Narrative["masked"] {
  const masked = maskText(description, isGiven);
  const desk = employee?.desk && maskText(employee.desk, isGiven);
  // Whoever shares a name with the citizen must still be found, so only numbers are looked for in it.
  const name = employee?.name && maskText(employee.name, (token) => /^\d+$/.test(token) && isGiven(token));
  if (masked === undefined && !desk && !name) return undefined;
  return {
    description: masked,
    employee: desk || name ? { ...employee, ...(desk && { desk }), ...(name && { name }) } : undefined,
  };
}
