import { Fault, type FaultReason, invalidFault } from "../fault.ts";
import type { PrincipalOf } from "../people/principal.ts";
import type { Instant } from "../time/calendar.ts";
import { type CatalogEntry, isRetired, successionChain, successorOf } from "./retirement.ts";

/**
 * The entries that requests may name. Filings and transfers name counties, agencies, offices and categories; answers and
 * decisions name causes. Retired entries are included, because complaints that already name them go on.
 */
export type Directory = {
  counties: CatalogEntry[];
  agencies: (CatalogEntry & { countyIds: string[]; offices: (CatalogEntry & { countyId: string })[] })[];
  categories: CatalogEntry[];
  causes: CatalogEntry[];
};

type NamedPlaces = { agencyId: string; countyId: string; officeId?: string | undefined; category: string };

/** Refuses a filing by a retired front end, or a filing that names a retired entry. Expects that every entry exists. */
export function refuseRetired(
  filing: NamedPlaces & { retaliationFor?: unknown },
  { by, directory, now }: { by: PrincipalOf<"front-end">; directory: Directory; now: Instant },
): Fault | undefined {
  if (isRetired(by, now)) return new Fault("retired", { reason: "front-end-retired", values: { id: by.clientId } });
  // A retaliation report goes to the centre only. It stays possible although the agency of the earlier complaint retired.
  if (filing.retaliationFor) return undefined;
  const { agencies, counties, categories } = directory;
  const offices = agencies.flatMap((agency) => agency.offices);
  return (
    retiredFault({ reason: "agency-retired", entries: agencies, id: filing.agencyId, now }) ??
    retiredFault({ reason: "county-retired", entries: counties, id: filing.countyId, now }) ??
    retiredFault({ reason: "office-retired", entries: offices, id: filing.officeId, now }) ??
    retiredFault({ reason: "category-retired", entries: categories, id: filing.category, now })
  );
}

type CatalogLookup = { reason: FaultReason; entries: readonly CatalogEntry[]; id: string | undefined; now: Instant };

/** The fault where an entry is retired, with its successor. */
export function retiredFault({ reason, entries, id, now }: CatalogLookup): Fault | undefined {
  const entry = entries.find((one) => one.id === id);
  if (!entry || !isRetired(entry, now)) return undefined;
  const successorId = successorOf(entries, { id: entry.id, now });
  return new Fault("retired", {
    reason,
    values: { id: entry.id, ...(successorId !== undefined && { successorId }) },
  });
}

/** Refuses the cause of an answer or a decision where the province does not have the cause, or has retired it. */
export function refuseCause({ causes }: Directory, { cause, now }: { cause: string; now: Instant }): Fault | undefined {
  if (!causes.some(({ id }) => id === cause)) return invalidFault("cause", "unknown-cause");
  return retiredFault({ reason: "cause-retired", entries: causes, id: cause, now });
}

type TransferQuery = { toAgencyId: string; countyId: string; operatedBy: string | undefined; now: Instant };

/**
 * The target of a transfer and the facts that can refuse it. `countyId` is the complaint's county. `operatedBy` is the
 * agency that runs the front end that filed it, if an agency does.
 */
export function transferTarget(
  directory: Directory,
  { toAgencyId, countyId, operatedBy, now }: TransferQuery,
): TransferTarget {
  const { agencies, counties } = directory;
  const agency = agencies.find(({ id }) => id === toAgencyId);
  // An agency that was added after a county was renamed lists only the county's new id.
  const countyAndSuccessors = successionChain(counties, { id: countyId, now });
  // Where the file no longer has the county, every agency counts as serving it: the complaint must not get stuck.
  const isUnknownCounty = !counties.some(({ id }) => id === countyId);
  return {
    toAgencyId,
    exists: agency !== undefined,
    servesCounty:
      agency !== undefined && (isUnknownCounty || countyAndSuccessors.some((id) => agency.countyIds.includes(id))),
    retiredFault: retiredFault({ reason: "agency-retired", entries: agencies, id: toAgencyId, now }),
    operatesFrontEnd: isOperatedBy(directory, { operatedBy, agencyId: toAgencyId, now }),
  };
}

type OperatorQuery = { operatedBy: string | undefined; agencyId: string; now: Instant };

/** Whether the agency runs the front end, or succeeds the agency that ran it: a successor takes over the applications. */
export function isOperatedBy({ agencies }: Directory, { operatedBy, agencyId, now }: OperatorQuery): boolean {
  return operatedBy !== undefined && successionChain(agencies, { id: operatedBy, now }).includes(agencyId);
}

/**
 * The agency for trial complaints on the deployed province. It is not in the directory, so nothing lists, counts,
 * publishes or mails it. Its complaints are not escalated, are in no work queue, and expire.
 */
export const sandboxAgency = "sandbox";

/** Whether this is a trial complaint. A trial complaint never leaves the sandbox, so its agency is enough to know. */
export function isSandbox({ agencyId }: { agencyId: string }): boolean {
  return agencyId === sandboxAgency;
}

/** The directory inside the sandbox: the province's counties, categories and causes, and the sandbox as the only agency. */
export function sandboxDirectory(directory: Directory): Directory {
  const countyIds = directory.counties.map(({ id }) => id);
  return { ...directory, agencies: [{ id: sandboxAgency, countyIds, offices: [] }] };
}

/** The directory that a front end's filings are checked against: of a client of the sandbox the sandbox's alone, else the province's. */
export function directoryFor({ sandbox }: PrincipalOf<"front-end">, directory: Directory): Directory {
  return sandbox ? sandboxDirectory(directory) : directory;
}

/**
 * The front end that files, and the citizen's mail address. In the sandbox there is none: trial complaints would otherwise use up the
 * number of complaints that may mail an address.
 */
export const filingSender = ({ clientId, sandbox }: PrincipalOf<"front-end">, { email }: { email?: string } = {}) => ({
  clientId,
  email: sandbox ? undefined : email,
});

/** The agency that a complaint is to be transferred to, and the facts that can refuse the transfer. */
export type TransferTarget = {
  toAgencyId: string;
  /** Whether the province has the agency. */
  exists: boolean;
  /** Whether the agency serves the complaint's county. */
  servesCounty: boolean;
  /** Present if the agency is retired. The fault names the agency's successor. */
  retiredFault?: Fault | undefined;
  /** Whether the agency runs the front end that filed the complaint: it would then know the citizen's secret. */
  operatesFrontEnd: boolean;
};
