import type { Retirement } from "../time/retirement.ts";
import type { Channel } from "../vocabulary.ts";
import type { ComplaintId } from "./identifier.ts";

/** Who is calling, after the token or secret was checked and the client looked up in the province file. */
export type Principal =
  | {
      caller: "front-end";
      clientId: string;
      channels: Channel[];
      filingsPerMinute: number;
      operatedBy?: string | undefined;
      retiredFrom?: string | undefined;
      /** It files to the sandbox alone, and may act as its agency. */
      sandbox?: true | undefined;
    }
  | { caller: "agency"; clientId: string; agencyId: string }
  /** `fromLevel`: its rung of the ladder. It sees complaints that have climbed at least so far. */
  | { caller: "overseer"; clientId: string; fromLevel: number; countyIds?: string[] | undefined }
  | { caller: "inspector"; clientId: string; person: string }
  | { caller: "admin"; clientId: string; person: string }
  | { caller: "citizen"; complaintId: ComplaintId };

export type Caller = Principal["caller"] | "public";
export type PrincipalOf<C extends Caller> = Extract<Principal, { caller: C }>;

/**
 * A client as the province file registers it; its OAuth client id is the key it is found by. An agency's has no day of
 * its own: it goes on for as long as the agency has something to finish.
 */
export type Client =
  | Omit<PrincipalOf<"front-end">, "clientId">
  | Omit<PrincipalOf<"agency">, "clientId">
  | (Omit<PrincipalOf<"overseer">, "clientId"> & Retirement)
  | ({ caller: "inspector" | "admin" } & Retirement);
