import type { IncomingMessage } from "node:http";

/** Bytes of the request line and of the header values, which AWS bounds together. */
export function headLength({ method, url, httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}`.length;
  return rawHeaders.reduce((sum, text, index) => (index % 2 === 1 ? sum + text.length : sum), line);
}

export type Limit = { rate: number; burst: number };
/** `of`: routes that have a limit of their own. */
export type Throttle = Limit & { of?: Record<string, Limit> };

/** A token bucket for each route, of its own size or of the stage's default. */
export function throttleBy({ throttle, now }: { throttle: Throttle | undefined; now: () => number }) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (routeKey: string): boolean => {
    if (!throttle) return true;
    const at = now();
    const { rate, burst } = throttle.of?.[routeKey] ?? throttle;
    const bucket = buckets.get(routeKey) ?? { tokens: burst, at };
    const refilled = bucket.tokens + ((at - bucket.at) / 1_000) * rate;
    const tokens = Math.min(burst, refilled);
    const admitted = tokens >= 1;
    buckets.set(routeKey, { tokens: admitted ? tokens - 1 : tokens, at });
    return admitted;
  };
}
