export type RetryOptions = {
  /** How often a request is sent in all; 5 by default. `Infinity` waits until it succeeds or is refused. */
  attempts?: number;
  /** Is called with the reason, in a few words, before each further try. */
  onRetry?: (reason: string) => void;
};

/** A longer wait is for the caller to decide. */
export const longestDelayMs = 60_000;

/** How long to wait after so many tries that failed: half a second, then twice as long each time, a minute at most. */
export function delayBefore(sent: number): number {
  return Math.min(500 * 2 ** (sent - 1), longestDelayMs);
}

/** Why a request had no answer. `fetch` hides the reason in the cause; an error of both address families has a code only. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = error as {
    message?: string;
    code?: string;
    cause?: { message?: string; code?: string };
  };
  return cause?.message || cause?.code || message || code || String(error);
}

/** Waits so many milliseconds; rejects as soon as the caller ends the request. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal?.reason);
      },
      { once: true },
    );
  });
}
