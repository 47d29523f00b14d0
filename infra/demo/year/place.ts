import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Province } from "#shared/province/province.ts";
import { calendarBeside, loadProvince, readFile } from "#shared/province/province-folder.ts";
import { inventedProvince, provinceId } from "./province.ts";
import type { Span } from "./span.ts";

const pilotFile = join(import.meta.dirname, "../..", "provinces", "qazvin.json");

/** The folder of provinces that a year's state holds: this one is in no other, so nobody can deploy it unawares. */
export const provincesIn = (state: string) => join(state, "provinces");
export const provinceFileIn = (state: string) => join(provincesIn(state), `${provinceId}.json`);

/** Writes the invented province beside the national calendar, and reads it as whatever deploys would. */
export function writeInventedProvince(state: string, span: Span): Province {
  const file = provinceFileIn(state);
  const { content } = readFile(pilotFile);
  mkdirSync(dirname(calendarBeside(file)), { recursive: true });
  cpSync(calendarBeside(pilotFile), calendarBeside(file));
  writeFileSync(file, `${JSON.stringify(inventedProvince(content as Record<string, unknown>, span), null, 2)}\n`);
  return loadProvince(file);
}
