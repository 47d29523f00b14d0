/** How long a client waits, in milliseconds. Without `throwOnRequestTimeout` the SDK only warns and waits on. */
export function patience(requestTimeout: number) {
  return { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true };
}
