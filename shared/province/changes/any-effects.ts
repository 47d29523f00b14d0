import type { Province } from "../province.ts";
import { byField, saying } from "./answer.ts";

export const renamed = saying("is called so in the catalog and the documents from the deployment on; ids stay");
export const nothingRunning = saying("changes nothing that runs");
/** Addresses are read when a mail is sent, so those that wait are sent to the new one. */
export const mailed = saying<string>(
  ({ was, is }) => `mails that are not sent yet and all later ones go to ${is}, not to ${was}`,
);
export const contact = byField<Province["governorGeneral"]>({ name: nothingRunning, email: mailed });
