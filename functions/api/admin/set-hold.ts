import { route } from "#functions/pipelines/route.ts";
import { orderHold } from "#shared/store/complaints/holds.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { HoldReason, HoldTold, holdTold } from "./hold.ts";

/** PUT /v1/admin/holds/{id}: nothing of the complaint may be erased, until that is lifted. */
export const setHoldAsAdmin = route({
  caller: "admin",
  summary: { en: "Keep a complaint from erasure", fa: "دستور نگهداری پرونده و پاک نکردن آن" },
  path: ComplaintPath,
  body: HoldReason,
  answer: { status: 200, schema: HoldTold },
  async run({ principal: by, path: { id }, body: { reason }, now }) {
    return holdTold(id, await orderHold({ act: "hold-set", id, by, now, reason }));
  },
});
