import * as z from "zod";
import { callDigitsMac, digitsMacThatHolds } from "#shared/complaints/call-consent.ts";
import { openCall } from "#shared/complaints/call-opening.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { saveRetentionOrder } from "#shared/complaints/retention-orders.store.ts";
import { Fault } from "#shared/fault.ts";
import { readCallContact } from "#shared/identities/identities.store.ts";
import { CallDigits } from "#shared/identities/identity.ts";
import { readMaskKey } from "#shared/storage/secrets.ts";
import { route } from "../http/route.ts";
import { CallPath } from "./call-id.api.ts";
import { updateCallList } from "./call-list.store.ts";
import { OpenedCall, readOpenedCall } from "./opened-call.store.ts";
import { complaintCommand } from "./progress.api.ts";

/**
 * POST /v1/front-end/calls/{callId}/opening: somebody who is called gives the citizen's four digits. Right ones open what the call is
 * about; wrong ones are recorded, and the third ends the calls. The citizen sees both.
 */
export const openCallAsFrontEnd = route({
  caller: "front-end",
  summary: {
    en: "Open a call with the digits that the citizen says; the citizen sees that",
    fa: "باز کردن موضوع تماس با کد چهاررقمی شهروند (به شهروند اعلام می‌شود)",
  },
  path: CallPath,
  body: z.strictObject({ digits: CallDigits }),
  answer: { status: 200, schema: OpenedCall.meta({ id: "OpenedCall" }) },
  problems: ["not-allowed", "call-digits-none", "call-digits-wrong", "idempotency-key-reused"],
  async run({ body: { digits }, ...request }) {
    const command = await complaintCommand(request);
    const { id } = command.path;
    const typedMac = callDigitsMac(await readMaskKey(), id, digits);
    // A repeated request gets its first answer. Comparing it with newer digits would give one more try.
    const { areDigitsWrong } = await executeConfidentialCommand(command, async (complaint, context) => {
      // Read again in each try: the citizen may have chosen others, or ended the calls.
      const digitsMac = digitsMacThatHolds(await readCallContact(id), context.confidentialLog);
      const areDigitsRight = digitsMac === undefined ? undefined : digitsMac === typedMac;
      const entry = openCall(complaint, { ...context, areDigitsRight });
      // The order is saved before the table changes. Otherwise a restored table would allow three tries again.
      if (entry?.type === "call-digits-wrong")
        await saveRetentionOrder({ id, at: context.now, type: "call-digits-ended" });
      return { entries: entry };
    });
    if (areDigitsWrong) {
      // After the third wrong try this takes the citizen off the list; before that it changes nothing.
      await updateCallList(id, request.now);
      throw new Fault("call-digits-wrong");
    }
    return { status: 200, body: { ...request.path, ...(await readOpenedCall(id, request.now)) } };
  },
});
