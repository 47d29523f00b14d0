import { Fault, invalid, type Reason } from "../fault.ts";
import type { Instant } from "../time/instant.ts";
import { isRetired, type Offered, successionOf, successorOf } from "../time/retirement.ts";
import type { Receiver } from "./guards.ts";
import type { PrincipalOf } from "./principal.ts";

/**
 * What a filing or a transfer may name: the province's counties, its agencies with their counties and offices, and its
 * categories; and the causes that an answer or a decision may name. What is retired stands there too, since what it has
 * open goes on.
 */
export type Directory = {
  counties: Offered[];
  agencies: (Offered & { countyIds: string[]; offices: (Offered & { countyId: string })[] })[];
  categories: Offered[];
  causes: Offered[];
};

type Named = { agencyId: string; countyId: string; officeId?: string | undefined; category: string };
type Filed = Named & { retaliationFor?: unknown };

/** Why a filing is not taken though the province knows all that it names: the first of it that is retired. */
export function retiredPart(
  filing: Filed,
  { by, directory, now }: { by: PrincipalOf<"front-end">; directory: Directory; now: Instant },
): Fault | undefined {
  if (isRetired(by, now)) return new Fault("retired", { because: "front-end-retired", says: { id: by.clientId } });
  // It goes to the centre and to no agency, for what was done to a citizen because of a complaint that was taken.
  if (filing.retaliationFor) return undefined;
  const { agencies, counties, categories } = directory;
  const offices = agencies.flatMap((agency) => agency.offices);
  return (
    refusalOf({ because: "agency-retired", offered: agencies, id: filing.agencyId, now }) ??
    refusalOf({ because: "county-retired", offered: counties, id: filing.countyId, now }) ??
    refusalOf({ because: "office-retired", offered: offices, id: filing.officeId, now }) ??
    refusalOf({ because: "category-retired", offered: categories, id: filing.category, now })
  );
}

type Asked = { because: Reason; offered: readonly Offered[]; id: string | undefined; now: Instant };

function refusalOf({ because, offered, id, now }: Asked): Fault | undefined {
  const named = offered.find((one) => one.id === id);
  if (!named || !isRetired(named, now)) return undefined;
  const successorId = successorOf(offered, { id: named.id, now });
  return new Fault("retired", { because, says: { id: named.id, ...(successorId !== undefined && { successorId }) } });
}

/** Why an answer or a decision may not name this cause: it is none of the province's, or retired. */
export function causeRefusal(
  { causes }: Directory,
  { cause, now }: { cause: string; now: Instant },
): Fault | undefined {
  if (!causes.some(({ id }) => id === cause)) return invalid("cause", "unknown-cause");
  return refusalOf({ because: "cause-retired", offered: causes, id: cause, now });
}

type Sending = { toAgencyId: string; countyId: string; operatedBy: string | undefined; now: Instant };

/** The agency that a complaint of this county, filed by a front end that an agency may run, is to be transferred to. */
export function receiverOf(directory: Directory, { toAgencyId, countyId, operatedBy, now }: Sending): Receiver {
  const { agencies, counties } = directory;
  const agency = agencies.find(({ id }) => id === toAgencyId);
  // An agency that came later serves a renamed county by its new id alone. Of one that the file does not have nobody
  // can say who serves it, and the complaint must not be stuck where it is.
  const names = successionOf(counties, { id: countyId, now });
  const isNowhere = !counties.some(({ id }) => id === countyId);
  return {
    toAgencyId,
    servesTheCounty: agency !== undefined && (isNowhere || names.some((id) => agency.countyIds.includes(id))),
    retired: refusalOf({ because: "agency-retired", offered: agencies, id: toAgencyId, now }),
    runsTheFrontEnd: isRunBy(directory, { operatedBy, agencyId: toAgencyId, now }),
  };
}

type Running = { operatedBy: string | undefined; agencyId: string; now: Instant };

/** Whether the agency runs the front end, or took the place of the one that did: it took its applications over too. */
export function isRunBy({ agencies }: Directory, { operatedBy, agencyId, now }: Running): boolean {
  return operatedBy !== undefined && successionOf(agencies, { id: operatedBy, now }).includes(agencyId);
}
