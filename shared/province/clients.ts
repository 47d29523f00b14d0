import type { PrincipalOf } from "../people/principal.ts";
import { sandboxFilingsPerMinute } from "../policy-numbers.ts";
import { type Authority, Channel } from "../vocabulary.ts";
import { sandboxAgency } from "./directory.ts";
import type { Retirement } from "./retirement.ts";
import type { Province } from "./schema.ts";

/** A sandbox client may use every channel. Its filings are limited, so that a program in a loop does not fill the table. */
const sandboxClient: Client = {
  caller: "front-end",
  channels: Channel.options,
  filingsPerMinute: sandboxFilingsPerMinute,
  sandbox: true,
};

/** Every registered program of a province, by client id. People sign in through other clients (`tokens.peopleClients`). */
export function clientsOf(province: Province): Record<string, Client> {
  const { frontEnds, agencies, overseers, sandbox } = province;
  return Object.fromEntries<Client>([
    ...frontEnds.map(({ clientId, channels, filingsPerMinute, operatedBy, retiredFrom }): [string, Client] => [
      clientId,
      { caller: "front-end", channels, filingsPerMinute, operatedBy, retiredFrom },
    ]),
    ...(sandbox?.clients ?? []).map(({ clientId }): [string, Client] => [clientId, sandboxClient]),
    ...agencies.flatMap(({ id, clientIds }) =>
      clientIds.map((clientId): [string, Client] => [clientId, { caller: "agency", agencyId: id }]),
    ),
    ...overseers.map(({ clientId, authority, countyIds, retiredFrom }): [string, Client] => [
      clientId,
      {
        caller: "overseer",
        ...overseenBy(province, { authority, countyIds }),
        retiredFrom,
      },
    ]),
  ]);
}

/** An authority without a level gets the level above the highest one. No complaint reaches it, so the overseer sees none. */
function levelOfAuthority(authority: Authority, escalationLevels: Province["escalationLevels"]): number {
  return escalationLevels.findIndex((level) => level.authority === authority) + 1 || escalationLevels.length + 1;
}

type Overseer = { authority: Authority; countyIds?: string[] | undefined };
type Overseen = Pick<PrincipalOf<"overseer">, "fromLevel" | "seesRetaliation" | "countyIds">;

/** Which complaints an overseer sees, a program as well as a person. */
export function overseenBy(province: Pick<Province, "escalationLevels">, { authority, countyIds }: Overseer): Overseen {
  const fromLevel = levelOfAuthority(authority, province.escalationLevels);
  return { fromLevel, seesRetaliation: fromLevel >= retaliationLevelOf(province) && !countyIds, countyIds };
}

/** The level from which on overseers of the whole province see reports of retaliation: that of the governor-general. */
function retaliationLevelOf({ escalationLevels }: Pick<Province, "escalationLevels">): number {
  const first = escalationLevels.findIndex(
    ({ authority }) => authority === "governor-general" || authority === "national-organization",
  );
  return first < 0 ? escalationLevels.length + 1 : first + 1;
}

type Feed = { agencyId: string } | { clientId: string };

/** A feed that is sent to an address. `subscriber` names the owner of the feed, such as `agency:post`. */
export type WebhookSettings = { subscriber: string; url: string; feed: Feed };

/** The name of a feed's owner, such as `agency:post` or `front-end:web-portal`. */
export function subscriberOf(feed: Feed): string {
  return "agencyId" in feed ? `agency:${feed.agencyId}` : `front-end:${feed.clientId}`;
}

/** Every webhook of a province. Retired agencies and front ends keep theirs, since their feeds go on. */
export function webhooksOf({ agencies, frontEnds }: Province): WebhookSettings[] {
  return [
    ...agencies.map(({ id, webhook }) => ({ webhook, feed: { agencyId: id } })),
    ...frontEnds.map(({ clientId, webhook }) => ({ webhook, feed: { clientId } })),
  ].flatMap(({ webhook, feed }) => (webhook ? [{ subscriber: subscriberOf(feed), url: webhook.url, feed }] : []));
}

/** The mail addresses of the province's officials. */
export function contactsOf(province: Province): Contacts {
  const { agencies, counties, inspectionCentre, governorGeneral, nationalOrganization } = province;
  return {
    agencies: Object.fromEntries(
      agencies.map(({ id, inspectionUnit, head }) => [id, { inspectionUnit: inspectionUnit.email, head: head.email }]),
    ),
    counties: Object.fromEntries(counties.map(({ id, governor }) => [id, governor.email])),
    province: {
      inspectionCentre: inspectionCentre.email,
      governorGeneral: governorGeneral.email,
      nationalOrganization: nationalOrganization.email,
    },
  };
}

/** The mobile numbers of the officials who have one. */
export function officialPhonesOf(province: Province): OfficialPhones {
  const { agencies, counties, inspectionCentre, governorGeneral, nationalOrganization } = province;
  const named = (all: { id: string; phone: string | undefined }[]) =>
    Object.fromEntries(all.flatMap(({ id, phone }) => (phone ? [[id, phone]] : [])));
  return {
    agencyHeads: named(agencies.map(({ id, head }) => ({ id, phone: head.phone }))),
    counties: named(counties.map(({ id, governor }) => ({ id, phone: governor.phone }))),
    province: {
      ...(inspectionCentre.phone && { inspectionCentre: inspectionCentre.phone }),
      ...(governorGeneral.phone && { governorGeneral: governorGeneral.phone }),
      ...(nationalOrganization.phone && { nationalOrganization: nationalOrganization.phone }),
    },
  };
}

/** All mail addresses in the contacts. */
export function officialAddressesOf({ agencies, counties, province }: Contacts): string[] {
  const ofAgencies = Object.values(agencies).flatMap(({ inspectionUnit, head }) => [inspectionUnit, head]);
  return [...ofAgencies, ...Object.values(counties), ...Object.values(province)];
}

/** The sandbox's queue, named like an agency's. Only the province's own account may consume it. */
export const sandboxQueue = { id: sandboxAgency };

/**
 * A program as the province file registers it under its OAuth client id. An agency's client has no retirement day of its own:
 * it works as long as the agency has open complaints.
 */
export type Client =
  | Omit<PrincipalOf<"front-end">, "clientId">
  | Omit<PrincipalOf<"agency">, "clientId">
  | (Omit<PrincipalOf<"overseer">, "clientId"> & Retirement);

/** The mail addresses of a province's officials. Keys of `agencies` and `counties` are their ids. */
export type Contacts = {
  agencies: Record<string, { inspectionUnit: string; head: string }>;
  counties: Record<string, string>;
  province: { inspectionCentre: string; governorGeneral: string; nationalOrganization: string };
};

/** The mobile numbers of the officials who have one, in the same form. */
export type OfficialPhones = {
  agencyHeads: Record<string, string>;
  counties: Record<string, string>;
  province: Partial<Contacts["province"]>;
};
