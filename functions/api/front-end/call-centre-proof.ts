import type { Proof } from "#functions/pipelines/route.ts";
import { Fault } from "#shared/domain/fault.ts";
import { callCentre } from "#shared/province/slices.static.ts";
import { byToken } from "../any-caller/token-proof.ts";

/** The one front end that the province names to call citizens back. */
export const byCallCentre: Proof = async (event, now) => {
  const principal = await byToken("front-end")(event, now);
  if (principal?.caller !== "front-end" || principal.clientId !== callCentre) throw new Fault("not-allowed");
  return principal;
};
