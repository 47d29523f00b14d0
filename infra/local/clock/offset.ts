import * as z from "zod";
import type { StateFolder } from "../machine/state-folder.ts";

const file = "clock.json";
const Kept = z.object({ offset: z.number() });

/** The clock's distance from real time is kept over a restart, or what was filed before it would lie in the future. */
export function readOffset(state: StateFolder): number {
  return state.read(file, Kept)?.offset ?? 0;
}

export function keepOffset(state: StateFolder, offset: number): void {
  state.write(file, { offset });
}
