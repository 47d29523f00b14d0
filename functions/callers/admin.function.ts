import { liftIdentityLimitAsAdmin, listAuditAsAdmin, listIdentityLimitsAsAdmin } from "../audit/read-audit.api.ts";
import { listDeliveries, orderRedrive } from "../deliveries/deliveries.api.ts";
import { readWebhook, readWebhookSecret, resumeWebhook } from "../deliveries/webhooks.api.ts";
import { readPerformanceAsAdmin } from "../figures/admin-performance.api.ts";
import { readOfficeHours, removeOfficeHours, setOfficeHours } from "../hours/office-hours.api.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { listPeopleAsAdmin, readPersonAsAdmin, removePersonAsAdmin, savePersonAsAdmin } from "../people/people.api.ts";

/** The routes of the centre's administrators, except holds (hold-complaint.function.ts). */
export const routes = {
  "GET /v1/admin/office-hours/{date}": readOfficeHours,
  "PUT /v1/admin/office-hours/{date}": setOfficeHours,
  "DELETE /v1/admin/office-hours/{date}": removeOfficeHours,
  "GET /v1/admin/deliveries": listDeliveries,
  "POST /v1/admin/deliveries/redrive": orderRedrive,
  "GET /v1/admin/webhooks/{subscriber}": readWebhook,
  "POST /v1/admin/webhooks/{subscriber}/resume": resumeWebhook,
  "PUT /v1/admin/webhooks/{subscriber}/secret": readWebhookSecret,
  "GET /v1/admin/audit": listAuditAsAdmin,
  "GET /v1/admin/identity-limits": listIdentityLimitsAsAdmin,
  "GET /v1/admin/performance": readPerformanceAsAdmin,
  "DELETE /v1/admin/identity-limits/{sub}": liftIdentityLimitAsAdmin,
  "GET /v1/admin/people": listPeopleAsAdmin,
  "PUT /v1/admin/people/{sub}": savePersonAsAdmin,
  "GET /v1/admin/people/{sub}": readPersonAsAdmin,
  "DELETE /v1/admin/people/{sub}": removePersonAsAdmin,
};
export const handler = serve({ routes, authenticate: authenticateByToken("admin") });
