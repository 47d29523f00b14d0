import * as z from "zod";
import type { StateFolder } from "../machine/state-folder.ts";

const file = "clock.json";
const Kept = z.object({ offset: z.number() });

/** The clock's distance from real time outlives a restart: what was filed at a virtual time lies in no future. */
export function readOffset(state: StateFolder): number {
  return state.read(file, Kept)?.offset ?? 0;
}

export function keepOffset(state: StateFolder, offset: number): void {
  state.write(file, { offset });
}
