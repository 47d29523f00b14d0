import { Fault, type FaultReason, invalidFault } from "../fault.ts";
import type { Instant } from "../time/calendar.ts";
import { type CatalogEntry, isRetired, successionChain, successorOf } from "../time/retirement.ts";
import type { Complaint } from "./complaint.ts";
import type { PrincipalOf } from "./principal.ts";
import type { TransferTarget } from "./refusals.ts";

/**
 * What a filing or a transfer may name: the province's counties, its agencies with their counties and offices, and its
 * categories; and the causes that an answer or a decision may name. What is retired stands there too, since what it has
 * open goes on.
 */
export type Directory = {
  counties: CatalogEntry[];
  agencies: (CatalogEntry & { countyIds: string[]; offices: (CatalogEntry & { countyId: string })[] })[];
  categories: CatalogEntry[];
  causes: CatalogEntry[];
};

type NamedPlaces = { agencyId: string; countyId: string; officeId?: string | undefined; category: string };
type FiledPlaces = NamedPlaces & { retaliationFor?: unknown };

/** Why a filing is not taken though the province knows all that it names: the first of it that is retired. */
export function refuseRetired(
  filing: FiledPlaces,
  { by, directory, now }: { by: PrincipalOf<"front-end">; directory: Directory; now: Instant },
): Fault | undefined {
  if (isRetired(by, now)) return new Fault("retired", { reason: "front-end-retired", values: { id: by.clientId } });
  // It goes to the centre and to no agency, for what was done to a citizen because of a complaint that was taken.
  if (filing.retaliationFor) return undefined;
  const { agencies, counties, categories } = directory;
  const offices = agencies.flatMap((agency) => agency.offices);
  return (
    retiredFault({ reason: "agency-retired", offered: agencies, id: filing.agencyId, now }) ??
    retiredFault({ reason: "county-retired", offered: counties, id: filing.countyId, now }) ??
    retiredFault({ reason: "office-retired", offered: offices, id: filing.officeId, now }) ??
    retiredFault({ reason: "category-retired", offered: categories, id: filing.category, now })
  );
}

type CatalogLookup = { reason: FaultReason; offered: readonly CatalogEntry[]; id: string | undefined; now: Instant };

function retiredFault({ reason, offered, id, now }: CatalogLookup): Fault | undefined {
  const named = offered.find((one) => one.id === id);
  if (!named || !isRetired(named, now)) return undefined;
  const successorId = successorOf(offered, { id: named.id, now });
  return new Fault("retired", {
    reason,
    values: { id: named.id, ...(successorId !== undefined && { successorId }) },
  });
}

/** Why an answer or a decision may not name this cause: it is none of the province's, or retired. */
export function refuseCause({ causes }: Directory, { cause, now }: { cause: string; now: Instant }): Fault | undefined {
  if (!causes.some(({ id }) => id === cause)) return invalidFault("cause", "unknown-cause");
  return retiredFault({ reason: "cause-retired", offered: causes, id: cause, now });
}

type TransferQuery = { toAgencyId: string; countyId: string; operatedBy: string | undefined; now: Instant };

/** The agency that a complaint of this county, filed by a front end that an agency may run, is to be transferred to. */
export function transferTarget(
  directory: Directory,
  { toAgencyId, countyId, operatedBy, now }: TransferQuery,
): TransferTarget {
  const { agencies, counties } = directory;
  const agency = agencies.find(({ id }) => id === toAgencyId);
  // An agency that came later serves a renamed county by its new id alone. Of one that the file does not have nobody
  // can say who serves it, and the complaint must not be stuck where it is.
  const names = successionChain(counties, { id: countyId, now });
  const isNowhere = !counties.some(({ id }) => id === countyId);
  return {
    toAgencyId,
    servesCounty: agency !== undefined && (isNowhere || names.some((id) => agency.countyIds.includes(id))),
    retiredFault: retiredFault({ reason: "agency-retired", offered: agencies, id: toAgencyId, now }),
    operatesFrontEnd: isOperatedBy(directory, { operatedBy, agencyId: toAgencyId, now }),
  };
}

type OperatorQuery = { operatedBy: string | undefined; agencyId: string; now: Instant };

/** Whether the agency runs the front end, or took the place of the one that did: it took its applications over too. */
export function isOperatedBy({ agencies }: Directory, { operatedBy, agencyId, now }: OperatorQuery): boolean {
  return operatedBy !== undefined && successionChain(agencies, { id: operatedBy, now }).includes(agencyId);
}

/**
 * The agency at which programs are tried on the deployed province. It stands in no directory, so that nothing lists,
 * counts, publishes or mails it; its complaints climb no ladder, are on no desk and lapse.
 */
export const sandboxAgency = "sandbox";

/** A complaint that was filed to try a program. It is filed at the sandbox and never leaves it, so the agency tells. */
export function isSandbox({ agencyId }: Pick<Complaint, "agencyId">): boolean {
  return agencyId === sandboxAgency;
}

/** What a filing or a transfer inside the sandbox may name: the province's counties and categories, and no other agency. */
export function sandboxDirectory(directory: Directory): Directory {
  const countyIds = directory.counties.map(({ id }) => id);
  return { ...directory, agencies: [{ id: sandboxAgency, countyIds, offices: [] }] };
}

/** What a front end may name. */
export function directoryFor({ sandbox }: PrincipalOf<"front-end">, directory: Directory): Directory {
  return sandbox ? sandboxDirectory(directory) : directory;
}

/**
 * Who files, and where the citizen is mailed. In the sandbox nobody is, or trials would use up how many complaints may mail
 * an address.
 */
export function filingSender(
  { clientId, sandbox }: PrincipalOf<"front-end">,
  citizen: { email?: string | undefined } = {},
) {
  return { clientId, email: sandbox ? undefined : citizen.email };
}
