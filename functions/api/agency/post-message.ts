import * as z from "zod";
import { Officer } from "../../../shared/domain/complaint.ts";
import { postMessage } from "../../../shared/domain/remark.ts";
import { text } from "../../../shared/domain/text.ts";
import { AgencyView } from "../../../shared/domain/view.ts";
import { move } from "../../../shared/store/moves.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { maskedFor } from "../masked-for.ts";
import { added } from "../reply.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** POST /v1/agency/complaints/{id}/messages: the officer writes to the citizen, who may be anonymous and still answers. */
export const postMessageOfAgency = route({
  caller: "agency",
  summary: { en: "Write to the citizen", fa: "ارسال پیام به شهروند" },
  path: ComplaintPath,
  body: z.strictObject({ officer: Officer, text: text({ min: 2, max: 4_000 }) }),
  answer: { status: 201, schema: AgencyView },
  problems: ["wrong-state", "same-person", "stale", "idempotency-key-reused"],
  async run({ principal, path, body, now, once, ifMatch }) {
    const masked = await maskedFor({ text: body.text });
    const moved = await move({
      ...{ id: path.id, by: principal, now, once, ifMatch },
      decide: (complaint, stage) => postMessage(complaint, { ...body, ...stage, masked: masked(complaint) }),
    });
    return added(await viewOf(moved));
  },
});
