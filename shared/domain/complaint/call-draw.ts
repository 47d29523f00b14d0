import { mac } from "../digest.ts";

/** So many of a quarter's complaints about an agency are drawn, if all agree to be called and as many come as before. */
const wanted = 90;

/**
 * With which probability a complaint is drawn to be called. `filed`: how many were filed at its agency in the last
 * quarter that was closed when it was filed; undefined where there is none.
 */
export function callProbability(filed: number | undefined): number {
  return filed ? Math.min(1, wanted / filed) : 1;
}

/** Whether a complaint is drawn; always the same, so that nobody can be drawn again until the lot falls right. */
export function isDrawn({ pepper, id, probability }: { pepper: string; id: string; probability: number }): boolean {
  return mac(pepper, "call", id).readUInt32BE(0) / 2 ** 32 < probability;
}
