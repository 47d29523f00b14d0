import { named, provinceIds, readProvince } from "#infra/settings.ts";
import { calendarWarning } from "#shared/province/calendar-warning.ts";
import type { Province } from "#shared/province/province.ts";
import { restoreWarning } from "#shared/province/restore-warning.ts";
import { compareWith, provincesGone } from "./against.ts";

/** What is said of one province. */
export type Verdict = { text: string; refused: boolean };

type Checked = {
  /** All provinces where none is named. */
  ids: string[];
  /** A git ref that each file is compared with. */
  against: string | undefined;
  now: string;
};

/**
 * Names every fault of the provinces' files, and refuses what a synth only warns of; 1 where something is refused. Says
 * what a file does that the one at a git ref did not, and refuses what would lose something of it.
 */
export function checkProvinces({ ids, ...how }: Checked): number {
  const asked = ids.length > 0 ? ids : provinceIds();
  const gone = ids.length === 0 && how.against !== undefined ? provincesGone(how.against) : [];
  if (asked.length + gone.length === 0) throw new Error(`Nothing was checked: ${named([])}.`);
  const verdicts = [...asked.flatMap((id) => verdictsOn(id, how)), ...gone];
  process.stdout.write(`${verdicts.map(({ text }) => text).join("\n")}\n`);
  return verdicts.some(({ refused }) => refused) ? 1 : 0;
}

function verdictsOn(id: string, { against, now }: Omit<Checked, "ids">): Verdict[] {
  const province = readable(id);
  if ("refused" in province) return [province];
  const warnings = [calendarWarning(province, now), restoreWarning(province, now)].filter((one) => one !== undefined);
  const own =
    warnings.length > 0
      ? { text: warnings.map((one) => `${id}: ${one}`).join("\n"), refused: true }
      : { text: `${id}: nothing is wrong.${unbound(province)}${restored(province)}`, refused: false };
  return against === undefined ? [own] : [own, compareWith(against, province)];
}

/** CDK refuses another account than the one that is named, and takes any where none is. */
function unbound({ account, region }: Province): string {
  const missing = [...(account ? [] : ["account"]), ...(region ? [] : ["region"])].join(" and ");
  return missing && ` It names no ${missing}: whoever deploys it deploys to where they are signed in.`;
}

/** No stack adds an index to a table that it did not make. */
function restored({ tables: { complaints, identities } }: Province): string {
  if (!complaints) return "";
  return ` Its complaints are in a restored table: before each deployment of a release, npm run restore -- ${complaints.name} ${identities ?? "IDENTITIES"}.`;
}

function readable(id: string): Province | Verdict {
  try {
    return readProvince(id);
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), refused: true };
  }
}
