import { route } from "#functions/pipelines/route.ts";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { InspectorView } from "#shared/domain/telling/view.ts";
import { readHead } from "#shared/store/complaints/complaints.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { viewOf } from "./view.ts";

/** GET /v1/inspector/complaints/{id}: everything about a complaint but who complains. */
export const readComplaintAsInspector = route({
  caller: "inspector",
  summary: { en: "Read any complaint of the province", fa: "مشاهدهٔ شکایت" },
  path: ComplaintPath,
  answer: { status: 200, schema: InspectorView },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    mustConcern(complaint, principal);
    return viewOf(complaint, now);
  },
});
