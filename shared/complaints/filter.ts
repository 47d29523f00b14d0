import * as z from "zod";
import { hasIdStart } from "../identifier.ts";
import { PersonnelId } from "../people/people.ts";
import { comparableName, singleLineText } from "../text.ts";
import { type Instant, LocalDate } from "../time/calendar.ts";
import { localDate } from "../time/local-time.ts";
import { Slug } from "../vocabulary.ts";
import { Closure, type Complaint, isDueSoon, lateSince, type SoonUntil, Status } from "./complaint.ts";

/** Which complaints a list has. All fields together must hold. Nothing is searched in texts. */
export const Filter = z.object({
  /** Without it, all complaints that are not closed. */
  status: Status.optional(),
  agencyId: Slug.optional(),
  countyId: Slug.optional(),
  officeId: Slug.optional(),
  category: Slug.optional(),
  cause: Slug.optional(),
  /** How a closed complaint ended. With it, only closed complaints are listed. */
  closure: Closure.optional(),
  late: z.boolean().optional(),
  dueSoon: z.boolean().optional(),
  /** The officer's name or personnel id. */
  officer: singleLineText({ max: 100 }).optional(),
  /** The first and the last day of filing, in Asia/Tehran. */
  from: LocalDate.optional(),
  to: LocalDate.optional(),
  /** The start of the complaint's id, as `parseIdStart` returns it. */
  id: z.string().optional(),
});
export type Filter = z.infer<typeof Filter>;

/** Whether the filter asks for closed complaints. It asks for either closed or open ones. */
export const asksForClosed = ({ status, closure }: Filter) => status === "closed" || closure !== undefined;

type FilterTerms = { now: Instant; hasBoth?: boolean | undefined; soonUntil?: SoonUntil | undefined };

const unknownHours: SoonUntil = () => {
  throw new Error("the filter `dueSoon` needs the office hours");
};

const equalFields = ["agencyId", "countyId", "officeId", "category", "cause", "closure"] as const;

/**
 * Whether a list has the complaint. Its `officer` must be as the caller may read it. `hasBoth`: a filter that
 * asks for neither open nor closed complaints takes both. `soonUntil`: must be given for the filter `dueSoon`.
 */
export function matchesFilter(
  complaint: Complaint,
  filter: Filter,
  { now, hasBoth = false, soonUntil = unknownHours }: FilterTerms,
): boolean {
  const { status, late, dueSoon, officer, from, to, id } = filter;
  return (
    (hasBoth || (complaint.status === "closed") === asksForClosed(filter)) &&
    (status === undefined || complaint.status === status) &&
    equalFields.every((field) => filter[field] === undefined || complaint[field] === filter[field]) &&
    (late === undefined || (lateSince(complaint, now) !== undefined) === late) &&
    (dueSoon === undefined || isDueSoon(complaint, { now, soonUntil }) === dueSoon) &&
    (officer === undefined || isOfficer(complaint, officer)) &&
    (from === undefined || localDate(complaint.filedAt) >= from) &&
    (to === undefined || localDate(complaint.filedAt) <= to) &&
    (id === undefined || hasIdStart(complaint.id, id))
  );
}

function isOfficer({ officer }: Pick<Complaint, "officer">, wanted: string): boolean {
  if (!officer) return false;
  const isSameId = officer.personnelId !== undefined && officer.personnelId === PersonnelId.safeParse(wanted).data;
  return isSameId || comparableName(officer.name) === comparableName(wanted);
}
