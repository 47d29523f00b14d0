import type { ClockKind } from "../hours/deadline-policy.ts";
import type { CatalogEntry } from "./retirement.ts";

/** The fields of the province file that counting needs, as they are when the figures are computed. */
export type CountedProvince = {
  agencies: (CatalogEntry & { peerGroup?: string | undefined })[];
  /** The clock of the answer deadline, by category. */
  answerClocks: Record<string, ClockKind>;
  /** The agencies that run front ends, by client id. */
  operators: Record<string, string>;
};

export type ServingAgency = CatalogEntry & { countyIds: readonly string[] };
