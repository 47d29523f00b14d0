import { serve } from "../pipelines/serve.ts";
import { liftHoldAsAdmin } from "./admin/lift-hold.ts";
import { readHoldAsAdmin } from "./admin/read-hold.ts";
import { setHoldAsAdmin } from "./admin/set-hold.ts";
import { byToken } from "./any-caller/token-proof.ts";

/** Apart, since the admins' other routes may see no complaint. */
export const routes = {
  "GET /v1/admin/holds/{id}": readHoldAsAdmin,
  "PUT /v1/admin/holds/{id}": setHoldAsAdmin,
  "DELETE /v1/admin/holds/{id}": liftHoldAsAdmin,
};
export const handler = serve({ routes, prove: byToken("admin") });
