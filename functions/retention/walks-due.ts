import { type Kind, kinds } from "#shared/domain/complaint/forgetting.ts";
import { forgottenAgainAfterDays } from "#shared/domain/policy-numbers.ts";
import { lastCountedWith } from "#shared/domain/statistics/closing.ts";
import { type IranianMonth, lastDay, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { dayMs, later, milliseconds } from "#shared/domain/time/duration.ts";
import { startOfDay } from "#shared/domain/time/start-of-day.ts";
import { retention } from "#shared/province/slices.static.ts";
import { readWalks, type Walk } from "#shared/store/retention/walks.ts";
import { readLastClosed } from "#shared/store/statistics/closed.ts";

/** Where to walk now: months that were begun, are to be walked again, or have become due. */
export async function walksDue(now: string): Promise<Walk[]> {
  const { month: closed, since } = (await readLastClosed()) ?? {};
  if (!closed || !since) return [];
  const begun = new Map((await readWalks()).map((walk) => [nameOf(walk), walk]));
  return kinds.flatMap((kind) =>
    monthsDue({ kind, since, closed, now }).flatMap((month) => {
      const walk = begun.get(nameOf({ kind, month }));
      if (!walk) return [{ month, kind, shard: 0, isMoreLeft: false }];
      if (isToBeWalkedAgain(walk, now)) return [walkedAgain(walk)];
      return walk.endedAt ? [] : [walk];
    }),
  );
}

const nameOf = ({ kind, month }: Pick<Walk, "kind" | "month">) => `${kind} ${month}`;

type Months = { kind: Kind; since: IranianMonth; closed: IranianMonth; now: string };

function monthsDue({ kind, since, closed, now }: Months): IranianMonth[] {
  const due: IranianMonth[] = [];
  const dueFrom = (month: IranianMonth) => later(startOfDay(lastDay(month)), dayMs + milliseconds(retention[kind]));
  // Figures are counted from events: where closing stands still, these wait for it, or a year would be told too small.
  const isNeeded = (month: IranianMonth) => kind === "events" && lastCountedWith(month) > closed;
  for (let month = since; dueFrom(month) <= now && !isNeeded(month); month = monthsLater(month, 1)) due.push(month);
  return due;
}

const isToBeWalkedAgain = ({ endedAt, isMoreLeft, hasFailed }: Walk, now: string) =>
  isMoreLeft && endedAt !== undefined && later(endedAt, hasFailed ? dayMs : forgottenAgainAfterDays * dayMs) <= now;

/** From the start. Where a walk after a restore failed, what is noted as forgotten is deleted once more by this one too. */
const walkedAgain = ({ month, kind, hasFailed, isRepeated }: Walk): Walk => ({
  month,
  kind,
  shard: 0,
  isMoreLeft: false,
  isRepeated: hasFailed && isRepeated,
});
