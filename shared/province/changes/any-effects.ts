import type { Province } from "../province.ts";
import { byField, saying } from "./answer.ts";

export const renamed = saying("is called so in the catalog and the documents from the deployment on; ids stay");
export const nothingRunning = saying("changes nothing that runs");
/** Addresses are read when a mail is sent, so those that wait are sent to the new one. */
export const mailed = saying<string>(
  ({ was, is }) => `mails that are not sent yet and all later ones go to ${is}, not to ${was}`,
);
/** Of an agency or a front end: where its feed is posted to. */
export const webhook = saying<{ url: string } | undefined>(({ was, is }) => {
  if (!is) return `nothing is posted to ${was?.url} from the deployment on; its feed goes on`;
  const from = was
    ? `events go to ${is.url}, not to ${was.url}, from where it stopped`
    : `its events are posted to ${is.url}, those that happen from the deployment on, or where it had a webhook before, from where that stopped`;
  return `${from}, once a validation event is taken there; its IT needs the secret of PUT /v1/admin/deliveries/{subscriber}/secret`;
});
export const contact = byField<Province["governorGeneral"]>({ name: nothingRunning, email: mailed });
