import { mostSilentMonths } from "#shared/domain/policy-numbers.ts";
import { lastClosable } from "#shared/domain/statistics/closing.ts";
import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { readLastClosed } from "#shared/store/statistics/closed.ts";
import { isAnyFiled } from "#shared/store/statistics/cohorts.ts";

/** `since`: the first month that anything was filed in; undefined as long as nothing has been. */
export type Closing = { month: IranianMonth; since: IranianMonth | undefined };

/** The month after the last one that is closed: none is left out, though nothing was filed in it. */
export async function nextClosing(now: string): Promise<Closing> {
  const last = await readLastClosed();
  const month = last ? monthsLater(last.month, 1) : await firstToClose(now);
  if (last?.since) return { month, since: last.since };
  return { month, since: (await isAnyFiled(month)) ? month : undefined };
}

/** The first month that anything was filed in; the last that can be closed where nothing was. */
async function firstToClose(now: string): Promise<IranianMonth> {
  const last = lastClosable(now);
  let first = last;
  for (let month = last, silent = 0; silent < mostSilentMonths; month = monthsLater(month, -1)) {
    const isAny = await isAnyFiled(month);
    if (isAny) first = month;
    silent = isAny ? 0 : silent + 1;
  }
  return first;
}
