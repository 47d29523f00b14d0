import type { IncomingMessage } from "node:http";

/** Bytes of the request line and of the header values, which AWS bounds together. */
export function headLength({ method, url, httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}`.length;
  return rawHeaders.reduce((sum, text, index) => (index % 2 === 1 ? sum + text.length : sum), line);
}

type Throttle = { rate: number; burst: number };

/** A token bucket for each route, as the stage's default settings give one to each. */
export function throttleBy({ throttle, now }: { throttle: Throttle | undefined; now: () => number }) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (routeKey: string): boolean => {
    if (!throttle) return true;
    const at = now();
    const bucket = buckets.get(routeKey) ?? { tokens: throttle.burst, at };
    const refilled = bucket.tokens + ((at - bucket.at) / 1_000) * throttle.rate;
    const tokens = Math.min(throttle.burst, refilled);
    const admitted = tokens >= 1;
    buckets.set(routeKey, { tokens: admitted ? tokens - 1 : tokens, at });
    return admitted;
  };
}
