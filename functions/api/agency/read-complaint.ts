import { route } from "#functions/pipelines/route.ts";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { AgencyView } from "#shared/domain/telling/view.ts";
import { readHead } from "#shared/store/complaints/complaints.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { viewOf } from "./view.ts";

/** GET /v1/agency/complaints/{id}: what the agency needs to work on a complaint of its own. */
export const readComplaintAsAgency = route({
  caller: "agency",
  summary: { en: "Read a complaint of the agency's own", fa: "مشاهدهٔ یکی از شکایت‌های دستگاه اجرایی" },
  path: ComplaintPath,
  answer: { status: 200, schema: AgencyView },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    mustConcern(complaint, principal);
    return viewOf(complaint, now);
  },
});
