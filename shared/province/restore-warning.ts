import type { Province } from "./province.ts";

/** What is wrong with an instant of `restores` that has not come yet; undefined where all are past, as what is restored is. */
export function restoreWarning({ restores }: Province, now: string): string | undefined {
  const n = restores.findIndex((to) => to > now);
  if (n === -1) return undefined;
  return `restores[${n}]: ${restores[n]} has not come yet, and nothing is restored to it: write the instant in UTC; a clock in Tehran is three and a half hours ahead of that.`;
}
