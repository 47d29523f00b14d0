import type { Quota } from "#shared/domain/quota.ts";

/** The limit and what is left of it, after draft-ietf-httpapi-ratelimit-headers-10. */
export function quotaHeaders({ name, most, windowSeconds, left, resetsIn }: Quota): Record<string, string> {
  const until = resetsIn === undefined ? "" : `;t=${resetsIn}`;
  return {
    "ratelimit-policy": `"${name}";q=${most};w=${windowSeconds}`,
    ratelimit: `"${name}";r=${left}${until}`,
  };
}
