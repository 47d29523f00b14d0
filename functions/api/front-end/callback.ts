import * as z from "zod";
import { Callee } from "#shared/domain/citizen/citizen.ts";
import { dueCall, isPhoneUnread, notePhoneRead } from "#shared/domain/complaint/call.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { CallGroup } from "#shared/domain/complaint/private-series.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { readHead } from "#shared/store/complaints/complaints.ts";
import { readCallee } from "#shared/store/complaints/identities.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { readConfidence } from "#shared/store/complaints/private-series.ts";

/** Whom to call now, and what about. */
export const Callback = Complaint.pick({ id: true, agencyId: true, category: true, language: true }).extend({
  ...Callee.shape,
  callBefore: Instant,
  tries: z.int(),
  group: CallGroup,
});
export type Callback = z.infer<typeof Callback>;

/** Whether there is somebody to call now whose phone nobody has read today. */
export async function isUnread(id: string, now: string): Promise<boolean> {
  const [complaint, { series }] = await Promise.all([readHead(id), readConfidence(id)]);
  return complaint !== undefined && isPhoneUnread(complaint, { series, now });
}

type Reading = { id: string; by: PrincipalOf<"front-end">; now: string };

/** Answered only after the note that tells the citizen; undefined where there is nobody to call now. */
export async function readCallback({ id, by, now }: Reading): Promise<Callback | undefined> {
  let callback: Callback | undefined;
  await noteOnce({ path: { id }, principal: by, now }, async (complaint, stage) => {
    const due = dueCall(complaint, stage);
    // Read again with each try: consent that was taken back before this read leaves nobody to call.
    const callee = due && (await readCallee(id));
    callback = callee && Callback.parse({ ...complaint, ...callee, ...due });
    return { note: callback && notePhoneRead(complaint, stage) };
  });
  return callback;
}
