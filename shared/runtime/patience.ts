/** How long a client of the cloud waits; only the last word makes a late answer a failed one. */
export function patience(requestTimeout: number) {
  return { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true };
}
