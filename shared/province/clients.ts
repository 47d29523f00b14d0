import type { Client } from "#shared/domain/complaint/principal.ts";
import { sandboxFilingsPerMinute } from "#shared/domain/policy-numbers.ts";
import { Channel, type Holder } from "#shared/domain/vocabulary.ts";
import type { Province } from "./province.ts";

/** A program that is tried files as if it were any front end; a program that tries files in a circle fills no table. */
const trying: Client = {
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
  const rungOf = (holder: Holder) => ladder.findIndex((rung) => rung.holder === holder) + 1 || ladder.length + 1;
  return Object.fromEntries<Client>([
    ...frontEnds.map(({ clientId, channels, filingsPerMinute, operatedBy, retiredFrom }): [string, Client] => [
      clientId,
      { caller: "front-end", channels, filingsPerMinute, operatedBy, retiredFrom },
    ]),
    ...(sandbox?.clients ?? []).map(({ clientId }): [string, Client] => [clientId, trying]),
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
