import { route } from "#functions/pipelines/route.ts";
import { orderHold } from "#shared/store/complaints/holds.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { HoldReason, HoldTold, holdTold } from "./hold.ts";

/** DELETE /v1/admin/holds/{id}: the complaint is held no more; one that is not held stays so. */
export const liftHoldAsAdmin = route({
  caller: "admin",
  summary: { en: "Lift the hold of a complaint", fa: "لغو دستور نگهداری پرونده" },
  path: ComplaintPath,
  body: HoldReason,
  answer: { status: 200, schema: HoldTold },
  async run({ principal: by, path: { id }, body: { reason }, now }) {
    return holdTold(id, await orderHold({ act: "hold-lifted", id, by, now, reason }));
  },
});
