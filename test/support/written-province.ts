import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Province } from "#shared/province/province.ts";
import { calendarBeside } from "#shared/province/province-folder.ts";

/** A province as its two files say it: its own, and a national calendar of the hours that hold there. */
export function filesOf({ officeHours, ...rest }: Province) {
  const { provincial, overrides, ...calendar } = officeHours;
  return { file: { ...rest, officeHours: { provincial, holidays: [], removedHolidays: [], overrides } }, calendar };
}

/** Writes both into a folder, and returns the path of the province's own. */
export function writeProvince(folder: string, province: Province): string {
  const path = join(folder, `${province.id}.json`);
  const { file, calendar } = filesOf(province);
  mkdirSync(dirname(calendarBeside(path)), { recursive: true });
  writeFileSync(calendarBeside(path), JSON.stringify(calendar));
  writeFileSync(path, JSON.stringify(file));
  return path;
}
