import { routes as admin } from "#functions/api/admin.ts";
import { routes as agency } from "#functions/api/agency.ts";
import { routes as citizen } from "#functions/api/citizen.ts";
import { routes as exportComplaint } from "#functions/api/export-complaint.ts";
import { routes as fileComplaint } from "#functions/api/file-complaint.ts";
import { routes as frontEnd } from "#functions/api/front-end.ts";
import { routes as giveConsent } from "#functions/api/give-consent.ts";
import { routes as holdComplaint } from "#functions/api/hold-complaint.ts";
import { routes as inspector } from "#functions/api/inspector.ts";
import { routes as overseer } from "#functions/api/overseer.ts";
import { routes as everybody } from "#functions/api/public.ts";
import { routes as readCallbacks } from "#functions/api/read-callbacks.ts";
import { routes as readIdentity } from "#functions/api/read-identity.ts";
import { routes as readPerformance } from "#functions/api/read-performance.ts";
import { routes as readStatistics } from "#functions/api/read-statistics.ts";
import { routes as refuseMail } from "#functions/api/refuse-mail.ts";
import type { Routes } from "#functions/pipelines/serve.ts";

/** Every route of every function; the documents describe them all. */
export const allRoutes: Routes = {
  ...everybody,
  ...readStatistics,
  ...refuseMail,
  ...fileComplaint,
  ...frontEnd,
  ...readCallbacks,
  ...citizen,
  ...exportComplaint,
  ...giveConsent,
  ...agency,
  ...readPerformance,
  ...inspector,
  ...readIdentity,
  ...overseer,
  ...admin,
  ...holdComplaint,
};
