import type { Signal } from "#shared/domain/statistics/trend.ts";

/** How many values that are known, the last included, make a signal. */
const lengths: Record<Signal, number> = {
  outside: 1,
  "seven-on-one-side": 7,
  "seven-in-a-row": 7,
  "two-of-three-far-out": 3,
};

/** Which values belong to a signal, by what each completes. */
export function signalled(signals: readonly (readonly Signal[])[], values: readonly (number | undefined)[]): boolean[] {
  const known = values.flatMap((value, n) => (value === undefined ? [] : [n]));
  const starts = signals.map((found, end) => {
    if (found.length === 0) return Infinity;
    const upTo = known.filter((n) => n <= end);
    return upTo.at(-Math.max(...found.map((one) => lengths[one]))) ?? 0;
  });
  return signals.map((_, n) => starts.some((start, end) => start <= n && n <= end));
}
