import { join } from "node:path";
import { pathToFileURL } from "node:url";

const preload = `--import=${pathToFileURL(join(import.meta.dirname, "shifted-clock.mjs"))}?ms=`;
const [others = "", shift] = (process.env.NODE_OPTIONS ?? "").split(preload);

/** How far the clock of this process is ahead of real time, in ms. */
export const testOffsetMs = Number.parseInt(shift ?? "0", 10);

/**
 * `FOAD_TEST_NOW=2027-03-17T20:29:00Z npm test` starts every test at that instant. Called once, by Vitest's own process: its
 * workers, the containers of functions and all programs that they start inherit the option, and so have one clock.
 */
export function setClockOfSuite(): void {
  const { FOAD_TEST_NOW: now } = process.env;
  if (!now || shift !== undefined) return;
  if (Number.isNaN(Date.parse(now)))
    throw new Error(`FOAD_TEST_NOW is an instant like 2027-03-17T20:29:00Z, not ${now}`);
  Object.assign(process.env, clockStartingAt(now));
}

/** The present instant for a program whose clock the test does not set. */
export const realInstant = (): string => new Date(Date.now() - testOffsetMs).toISOString();

/** The environment of a program that starts at an instant of its own, whatever time it is for the test. */
export function clockStartingAt(instant: string): { NODE_OPTIONS: string } {
  const ms = Date.parse(instant) - (Date.now() - testOffsetMs);
  // The last option, so that what stands before it can be found again.
  return { NODE_OPTIONS: `${others.trim()} ${preload}${ms}`.trim() };
}
