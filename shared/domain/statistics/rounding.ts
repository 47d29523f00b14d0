import { createHmac } from "node:crypto";
import { roundedTo, waitingRoundedTo } from "../policy-numbers.ts";

/** `key`: the statistics key. `address`: the number's own, as `addressOf` makes it. */
type Rounding = { key: string; address: string };

/**
 * A count rounded at random to a multiple of five: up with the probability (n mod 5)/5, else down, so that the expected
 * value is n. One address is always rounded alike. Source: random rounding, as Statistics Canada and Stats NZ do it.
 */
export function rounded(n: number, rounding: Rounding): number {
  return roundedToMultiple(n, roundedTo, rounding);
}

/** The same to a multiple of ten. */
export function roundedToTens(n: number, rounding: Rounding): number {
  return roundedToMultiple(n, waitingRoundedTo, rounding);
}

function roundedToMultiple(n: number, base: number, { key, address }: Rounding): number {
  const rest = n % base;
  if (rest === 0) return n;
  return n - rest + (uniform(key, address) < rest / base ? base : 0);
}

/** From 0 up to and without 1: the first four bytes of HMAC-SHA-256(key, "round|" + address), big-endian, divided by 2^32. */
function uniform(key: string, address: string): number {
  return createHmac("sha256", key).update(`round|${address}`, "utf8").digest().readUInt32BE(0) / 2 ** 32;
}
