import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { callIsOver, callMayCome, recordCall, triesIn } from "#shared/domain/complaint/call.ts";
import { mayBeCalled } from "#shared/domain/complaint/call-consent.ts";
import { ComplaintId } from "#shared/domain/complaint/identifier.ts";
import { Opinion } from "#shared/domain/complaint/private-series.ts";
import { Fault } from "#shared/domain/fault.ts";
import { putCall, readCall } from "#shared/store/complaints/calls.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { readConfidence } from "#shared/store/complaints/private-series.ts";
import { keepOrder } from "#shared/store/retention/keep-order.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { writesOfPressed } from "../any-caller/pressed-desk.ts";
import { unseen } from "./unseen.ts";

const Ringing = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("answered"), opinion: Opinion }),
  z.strictObject({ outcome: z.literal("refused") }),
  z.strictObject({ outcome: z.literal("no-contact") }),
]);

const CallRecorded = z.object({ id: ComplaintId, tries: z.int(), callAgain: z.boolean() });

/** POST /v1/front-end/callbacks/{id}: what came of calling a citizen. */
export const recordCallback = route({
  caller: "front-end",
  summary: { en: "Record what came of calling somebody back", fa: "ثبت نتیجهٔ تماس با شهروند" },
  path: ComplaintPath,
  body: Ringing,
  answer: { status: 200, schema: CallRecorded.meta({ id: "CallRecorded" }) },
  problems: ["not-allowed", "idempotency-key-reused"],
  async run({ body: ringing, ...request }) {
    const { id } = request.path;
    // A draw never changes. It is read of whatever is asked for, so that a refusal takes as long for all.
    const call = await readCall(id);
    const { complaint } = await noteOnce(unseen(request), async (found, stage) => {
      if (!call) throw new Fault("not-found");
      const note = recordCall(found, { ...stage, ringing, probability: call.probability });
      const [called] = note;
      if (!called) return { note };
      if (ringing.outcome === "refused") await keepOrder({ id, at: stage.now, act: "calls-ended" });
      const { series } = stage;
      const isOver = callIsOver([...series, { ...called, private: series.length + 1 }]);
      return {
        note,
        along: [...(isOver ? [putCall(call)] : []), ...writesOfPressed(found, { series, note: called })],
      };
    });
    const { series } = await readConfidence(id);
    const callAgain = mayBeCalled(series) && callMayCome(complaint, { series, now: request.now });
    return { status: 200, body: { id, tries: triesIn(series), callAgain } };
  },
});
