import { route } from "#functions/pipelines/route.ts";
import { readHold } from "#shared/store/complaints/holds.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { HoldTold, holdTold } from "./hold.ts";

/** GET /v1/admin/holds/{id}: whether a complaint is held, since when and why, and nothing else of it. */
export const readHoldAsAdmin = route({
  caller: "admin",
  summary: { en: "See whether a complaint is held", fa: "مشاهدهٔ دستور نگهداری پرونده" },
  path: ComplaintPath,
  answer: { status: 200, schema: HoldTold },
  run: async ({ path: { id } }) => holdTold(id, await readHold(id)),
});
