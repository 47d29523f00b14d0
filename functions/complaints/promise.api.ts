import * as z from "zod";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readNarrativeTexts } from "#shared/complaints/complaints.store.ts";
import { isRetentionOver } from "#shared/complaints/forgetting.ts";
import { maskCharacters } from "#shared/identities/mask.ts";
import { longestText, mostPromisedActions } from "#shared/policy-numbers.ts";
import { retention } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { ComplaintPath } from "../http/parameters.ts";

/** The path of a promise: `n` is its number among all promised actions of the complaint, those of the answer first. */
export const PromisePath = ComplaintPath.extend({
  n: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 * mostPromisedActions),
});

export const PromiseText = z.strictObject({ text: text({ min: 2, max: longestText }) });

/** Whether no more text may be added: the retention of the texts is over, or they were erased under a shorter one. */
export async function areTextsOver(complaint: Complaint, now: string): Promise<boolean> {
  if (isRetentionOver(complaint, { kind: "texts", now, retention })) return true;
  const texts = await readNarrativeTexts([complaint.id]);
  return texts.get(complaint.id)?.description === maskCharacters;
}
