import * as z from "zod";
import { Fault, invalidFault } from "#shared/fault.ts";
import type { Calendar } from "#shared/hours/office-clock.ts";
import { longestReason, longestText, mostPlacesOfIssue } from "#shared/policy-numbers.ts";
import { type Directory, refuseCause, retiredFault } from "#shared/province/directory.ts";
import { singleLineText, text } from "#shared/text.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { Slug } from "#shared/vocabulary.ts";
import { planDeadline } from "./issue-clock.ts";
import { beginIssue, type IssueChange } from "./issue-events.ts";

const isWithoutRepetition = (ids: string[]) => new Set(ids).size === ids.length;
const Places = z
  .array(Slug)
  .min(1)
  .max(mostPlacesOfIssue)
  .refine(isWithoutRepetition, { params: { rule: "listed-twice" } });

/** The request that opens an issue. */
export const IssueOpening = z.strictObject({
  agencyId: Slug,
  category: Slug,
  cause: Slug.optional(),
  countyIds: Places,
  officeIds: Places.optional(),
  title: singleLineText({ min: 5, max: longestReason }),
  summary: text({ min: 20, max: longestText }),
  outage: z.boolean(),
});
export type IssueOpening = z.infer<typeof IssueOpening>;

type Ground = { directory: Directory; personalCauses: readonly string[]; calendar: Calendar };
type NewIssue = { id: string; now: Instant; clientId: string; inspector: string };

/**
 * An inspector makes a repeated cause an issue. Throws `unknown-agency`, `unknown-county`, `unknown-office`, `unknown-category`,
 * `retired`, and `invalid` if the cause is unknown or the conduct of a person.
 */
export function openIssue(
  { directory, personalCauses, calendar }: Ground,
  { id, now, clientId, inspector, summary, ...opening }: IssueOpening & NewIssue,
): IssueChange {
  refuseUnknownPlaces(opening, { directory, now });
  const { cause } = opening;
  const refusedCause = cause === undefined ? undefined : refuseCause(directory, { cause, now });
  if (refusedCause) throw refusedCause;
  if (cause !== undefined && personalCauses.includes(cause)) throw invalidFault("cause", "personal-cause");
  const planBy = planDeadline(opening, { start: now, calendar });
  const actor = { by: "inspector", clientId, person: inspector } as const;
  return beginIssue({ ...opening, id }, { ...actor, at: now, payload: { type: "opened", summary, planBy } });
}

function refuseUnknownPlaces(
  {
    agencyId,
    category,
    countyIds,
    officeIds = [],
  }: Pick<IssueOpening, "agencyId" | "category" | "countyIds" | "officeIds">,
  { directory: { agencies, categories }, now }: { directory: Directory; now: Instant },
): void {
  const agency = agencies.find(({ id }) => id === agencyId);
  if (!agency) throw new Fault("unknown-agency", { values: { agencyId } });
  for (const countyId of countyIds)
    if (!agency.countyIds.includes(countyId)) throw new Fault("unknown-county", { values: { agencyId, countyId } });
  const offices = agency.offices.filter(({ countyId }) => countyIds.includes(countyId));
  for (const officeId of officeIds)
    if (!offices.some(({ id }) => id === officeId))
      throw new Fault("unknown-office", { values: { agencyId, officeId } });
  if (!categories.some(({ id }) => id === category)) throw new Fault("unknown-category", { values: { category } });
  const retired =
    retiredFault({ reason: "agency-retired", entries: agencies, id: agencyId, now }) ??
    retiredFault({ reason: "category-retired", entries: categories, id: category, now });
  if (retired) throw retired;
}
