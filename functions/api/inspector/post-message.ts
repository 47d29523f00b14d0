import * as z from "zod";
import { postMessage } from "../../../shared/domain/remark.ts";
import { text } from "../../../shared/domain/text.ts";
import { InspectorView } from "../../../shared/domain/view.ts";
import { move } from "../../../shared/store/moves.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { maskedFor } from "../masked-for.ts";
import { added } from "../reply.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** POST /v1/inspector/complaints/{id}/messages: the inspector writes to citizen and agency. */
export const postMessageOfInspector = route({
  caller: "inspector",
  summary: { en: "Write to citizen and agency", fa: "ارسال پیام به شهروند و دستگاه" },
  path: ComplaintPath,
  body: z.strictObject({ text: text({ min: 2, max: 4_000 }) }),
  answer: { status: 201, schema: InspectorView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ principal, path, body, now, once, ifMatch }) {
    const masked = await maskedFor(body);
    const moved = await move({
      ...{ id: path.id, by: principal, now, once, ifMatch },
      decide: (complaint, stage) => postMessage(complaint, { ...body, ...stage, masked: masked(complaint) }),
    });
    return added(await viewOf(moved));
  },
});
