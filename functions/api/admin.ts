import { serve } from "../pipelines/serve.ts";
import { handOverWebhookSecret } from "./admin/hand-over-webhook-secret.ts";
import { liftIdentityLimitAsAdmin } from "./admin/lift-identity-limit.ts";
import { listAuditAsAdmin } from "./admin/list-audit.ts";
import { listDeliveries } from "./admin/list-deliveries.ts";
import { listIdentityLimitsAsAdmin } from "./admin/list-identity-limits.ts";
import { orderRedrive } from "./admin/order-redrive.ts";
import { readOfficeHours } from "./admin/read-office-hours.ts";
import { readPerformanceAsAdmin } from "./admin/read-performance.ts";
import { readWebhook } from "./admin/read-webhook.ts";
import { removeOfficeHours } from "./admin/remove-office-hours.ts";
import { resumeWebhook } from "./admin/resume-webhook.ts";
import { setOfficeHours } from "./admin/set-office-hours.ts";
import { byToken } from "./any-caller/token-proof.ts";

/** What the centre's administrators may see and set. */
export const routes = {
  "GET /v1/admin/office-hours/{date}": readOfficeHours,
  "PUT /v1/admin/office-hours/{date}": setOfficeHours,
  "DELETE /v1/admin/office-hours/{date}": removeOfficeHours,
  "GET /v1/admin/deliveries": listDeliveries,
  "POST /v1/admin/deliveries/redrive": orderRedrive,
  "GET /v1/admin/deliveries/{subscriber}": readWebhook,
  "POST /v1/admin/deliveries/{subscriber}/resume": resumeWebhook,
  "PUT /v1/admin/deliveries/{subscriber}/secret": handOverWebhookSecret,
  "GET /v1/admin/audit": listAuditAsAdmin,
  "GET /v1/admin/identity-limits": listIdentityLimitsAsAdmin,
  "GET /v1/admin/performance": readPerformanceAsAdmin,
  "DELETE /v1/admin/identity-limits/{sub}": liftIdentityLimitAsAdmin,
};
export const handler = serve({ routes, prove: byToken("admin") });
