import * as z from "zod";
import type { IsGiven } from "../citizen/citizen.ts";
import { maskText } from "../citizen/mask.ts";
import { stored } from "./complaint.ts";

/** Those texts of an event that had to be masked, in masked form; also the texts as they come, before masking. */
export const MaskedTexts = z.object({
  text: z.string().optional(),
  reason: z.string().optional(),
  comment: z.string().optional(),
  actions: z.array(stored.action).optional(),
});
export type MaskedTexts = z.infer<typeof MaskedTexts>;

/** Masks texts and returns only those that changed; undefined where none did. */
export function maskTexts({ actions, ...texts }: MaskedTexts, isGiven: IsGiven): MaskedTexts | undefined {
  const masked = Object.entries(texts).flatMap(([name, text]) => {
    const blanked = text === undefined ? undefined : maskText(text, isGiven);
    return blanked === undefined ? [] : [[name, blanked] as const];
  });
  const promised = actions?.map((action) => ({ ...action, text: maskText(action.text, isGiven) ?? action.text }));
  const isPromiseMasked = promised?.some(({ text }, n) => text !== actions?.[n]?.text);
  if (masked.length === 0 && !isPromiseMasked) return undefined;
  return { ...Object.fromEntries(masked), ...(isPromiseMasked && { actions: promised }) };
}
