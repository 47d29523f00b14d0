import type { Signal } from "#shared/domain/statistics/trend.ts";

/** How many values, the last included, make a signal. */
const lengths: Record<Signal, number> = {
  outside: 1,
  "seven-on-one-side": 7,
  "seven-in-a-row": 7,
  "two-of-three-far-out": 3,
};

/** Which values belong to a signal, by what each completes. */
export function signalled(signals: readonly (readonly Signal[])[]): boolean[] {
  const starts = signals.map((found, n) =>
    found.length > 0 ? n + 1 - Math.max(...found.map((one) => lengths[one])) : Infinity,
  );
  return signals.map((_, n) => starts.some((start, end) => start <= n && n <= end));
}
