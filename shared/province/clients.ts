import { sandboxAgency } from "../domain/complaint/directory.ts";
import type { Contacts } from "../domain/complaint/event-rules.ts";
import type { Client } from "../domain/complaint/principal.ts";
import { sandboxFilingsPerMinute } from "../domain/policy-numbers.ts";
import { type Authority, Channel } from "../domain/vocabulary.ts";
import type { Province } from "./schema.ts";

/** A program that is tried files as if it were any front end; a program that tries files in a circle fills no table. */
const sandboxClient: Client = {
  caller: "front-end",
  channels: Channel.options,
  filingsPerMinute: sandboxFilingsPerMinute,
  sandbox: true,
};

/** Every registered client of a province, by client id. */
export function clientsOf(province: Province): Record<string, Client> {
  const { frontEnds, agencies, overseers, operators, ladder, sandbox } = province;
  // A holder without a rung is put one above the ladder's top, which no complaint reaches: such an overseer sees
  // nothing.
  const rungOf = (holder: Authority) => ladder.findIndex((rung) => rung.holder === holder) + 1 || ladder.length + 1;
  return Object.fromEntries<Client>([
    ...frontEnds.map(({ clientId, channels, filingsPerMinute, operatedBy, retiredFrom }): [string, Client] => [
      clientId,
      { caller: "front-end", channels, filingsPerMinute, operatedBy, retiredFrom },
    ]),
    ...(sandbox?.clients ?? []).map(({ clientId }): [string, Client] => [clientId, sandboxClient]),
    ...agencies.flatMap(({ id, clientIds }) =>
      clientIds.map((clientId): [string, Client] => [clientId, { caller: "agency", agencyId: id }]),
    ),
    ...overseers.map(({ clientId, holder, countyIds, retiredFrom }): [string, Client] => [
      clientId,
      { caller: "overseer", fromLevel: rungOf(holder), countyIds, retiredFrom },
    ]),
    ...operators.map(({ clientId, role, retiredFrom }): [string, Client] => [clientId, { caller: role, retiredFrom }]),
  ]);
}

type Feed = { agencyId: string } | { clientId: string };

/** A feed that is sent to an address; `subscriber` names whose it is, such as `agency:post`. */
export type WebhookSettings = { subscriber: string; url: string; feed: Feed };

/** The name of whoever owns a feed, such as `agency:post` or `front-end:web-portal`. */
export function subscriberOf(feed: Feed): string {
  return "agencyId" in feed ? `agency:${feed.agencyId}` : `front-end:${feed.clientId}`;
}

/** Every webhook of a province; those of retired agencies and front ends too, whose feeds go on. */
export function webhooksOf({ agencies, frontEnds }: Province): WebhookSettings[] {
  return [
    ...agencies.map(({ id, webhook }) => ({ webhook, feed: { agencyId: id } })),
    ...frontEnds.map(({ clientId, webhook }) => ({ webhook, feed: { clientId } })),
  ].flatMap(({ webhook, feed }) => (webhook ? [{ subscriber: subscriberOf(feed), url: webhook.url, feed }] : []));
}

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

export function officialAddressesOf({ agencies, counties, province }: Contacts): string[] {
  const ofAgencies = Object.values(agencies).flatMap(({ inspectionUnit, head }) => [inspectionUnit, head]);
  return [...ofAgencies, ...Object.values(counties), ...Object.values(province)];
}

/** What the sandbox has of an agency: a queue by its name, which no account but the province's own consumes. */
export const sandboxQueue = { id: sandboxAgency };
