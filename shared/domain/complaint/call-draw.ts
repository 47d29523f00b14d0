import { mac } from "../digest.ts";

/** Whether a complaint is drawn; always the same, so that nobody can be drawn again until the lot falls right. */
export function isDrawn({ pepper, id, probability }: { pepper: string; id: string; probability: number }): boolean {
  return mac(pepper, "call", id).readUInt32BE(0) / 2 ** 32 < probability;
}
