import { provinceIds, readProvince } from "#infra/settings.ts";
import { calendarWarning } from "#shared/province/calendar-warning.ts";
import type { Province } from "#shared/province/province.ts";

/** What is said of one province. */
type Verdict = { text: string; refused: boolean };

/**
 * Names every fault of the provinces' files (all of them where none is named), and refuses what a synth only warns of;
 * 1 where something is refused.
 */
export function checkProvinces({ ids, now }: { ids: string[]; now: string }): number {
  const verdicts = (ids.length > 0 ? ids : provinceIds()).map((id) => verdictOn(id, now));
  process.stdout.write(`${verdicts.map(({ text }) => text).join("\n")}\n`);
  return verdicts.some(({ refused }) => refused) ? 1 : 0;
}

function verdictOn(id: string, now: string): Verdict {
  const province = readable(id);
  if ("refused" in province) return province;
  const ending = calendarWarning(province, now);
  return ending ? { text: `${id}: ${ending}`, refused: true } : { text: `${id}: nothing is wrong.`, refused: false };
}

function readable(id: string): Province | Verdict {
  try {
    return readProvince(id);
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), refused: true };
  }
}
