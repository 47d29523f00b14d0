import { ok } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { OverseerView, overseerView } from "#shared/domain/telling/view.ts";
import { retention } from "#shared/province/slices.static.ts";
import { readHead, readStoryUpTo } from "#shared/store/complaints/complaints.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";

/** GET /v1/overseer/complaints/{id}: a complaint that has climbed to the overseer's rung, without who complains. */
export const readComplaintAsOverseer = route({
  caller: "overseer",
  summary: { en: "Read a complaint that has climbed to one's rung", fa: "مشاهدهٔ شکایت رسیده به این سطح" },
  path: ComplaintPath,
  answer: { status: 200, schema: OverseerView },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    mustConcern(complaint, principal);
    return ok(overseerView(await readStoryUpTo(complaint), { now, retention }));
  },
});
