import type { ComplaintId } from "../identifier.ts";
import type { Channel } from "../vocabulary.ts";
import type { PersonRole } from "./people.ts";

/** The caller, after its token or secret was checked and its client was found in the province file. */
export type Principal =
  | {
      caller: "front-end";
      clientId: string;
      channels: Channel[];
      filingsPerMinute: number;
      operatedBy?: string | undefined;
      retiredFrom?: string | undefined;
      /** The front end files only to the sandbox, and may act as the agency of the sandbox. */
      sandbox?: true | undefined;
    }
  /**
   * `person`: the `sub` of the officer or overseer who signed in; a program of the agency or authority has none. `readsOnly`: the
   * agency's head, who makes no move.
   */
  | {
      caller: "agency";
      clientId: string;
      agencyId: string;
      person?: string | undefined;
      personnelId?: string | undefined;
      readsOnly?: true | undefined;
    }
  /**
   * `fromLevel`: the overseer's escalation level. It sees complaints of this level and above. `seesRetaliation`: only the
   * governor-general and above see reports of retaliation.
   */
  | {
      caller: "overseer";
      clientId: string;
      fromLevel: number;
      seesRetaliation: boolean;
      countyIds?: string[] | undefined;
      person?: string | undefined;
    }
  | { caller: "inspector"; clientId: string; person: string }
  | { caller: "admin"; clientId: string; person: string }
  /** Any official who signed in, with any roles. */
  | { caller: "person"; clientId: string; person: string; roles: PersonRole[] }
  | { caller: "reviewer"; clientId: string; person: string }
  | { caller: "personnel"; clientId: string; person: string; agencyId: string }
  | { caller: "citizen"; complaintId: ComplaintId }
  /** The person who has the secret of a notice: the employee to whom it was served. */
  | { caller: "employee"; noticeId: string };

export type Caller = Principal["caller"] | "public";
export type PrincipalOf<C extends Caller> = Extract<Principal, { caller: C }>;
