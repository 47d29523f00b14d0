import type { ComplaintId } from "./identifier.ts";
import type { Channel, Holder, Province } from "./province.ts";

/** Who is calling, after the token or secret was checked and the client looked up in the province file. */
export type Principal =
  | {
      caller: "front-end";
      clientId: string;
      channels: Channel[];
      filingsPerMinute: number;
      operatedBy?: string | undefined;
    }
  | { caller: "agency"; clientId: string; agencyId: string }
  /** `fromLevel`: its rung of the ladder; complaints that have climbed as far are its to see. */
  | { caller: "overseer"; clientId: string; fromLevel: number; countyIds?: string[] | undefined }
  | { caller: "inspector"; clientId: string; person: string }
  | { caller: "admin"; clientId: string; person: string }
  | { caller: "citizen"; complaintId: ComplaintId };

export type Caller = Principal["caller"] | "public";
export type PrincipalOf<C extends Caller> = Extract<Principal, { caller: C }>;

/** A registered client of the province, by its OAuth client id. */
export type Client =
  | Omit<PrincipalOf<"front-end">, "clientId">
  | Omit<PrincipalOf<"agency">, "clientId">
  | Omit<PrincipalOf<"overseer">, "clientId">
  | { caller: "inspector" }
  | { caller: "admin" };

/** Every registered client of a province, by client id. */
export function clientsOf(province: Province): Record<string, Client> {
  const { frontEnds, agencies, overseers, operators, ladder } = province;
  // A holder without a rung would stand above the ladder, where nothing comes.
  const rungOf = (holder: Holder) => ladder.findIndex((rung) => rung.holder === holder) + 1 || ladder.length + 1;
  return Object.fromEntries<Client>([
    ...frontEnds.map(({ clientId, channels, filingsPerMinute, operatedBy }): [string, Client] => [
      clientId,
      { caller: "front-end", channels, filingsPerMinute, operatedBy },
    ]),
    ...agencies.flatMap(({ id, clientIds }) =>
      clientIds.map((clientId): [string, Client] => [clientId, { caller: "agency", agencyId: id }]),
    ),
    ...overseers.map(({ clientId, holder, countyIds }): [string, Client] => [
      clientId,
      { caller: "overseer", fromLevel: rungOf(holder), countyIds },
    ]),
    ...operators.map(({ clientId, role }): [string, Client] => [clientId, { caller: role }]),
  ]);
}
