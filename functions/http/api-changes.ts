import type { LocalizedText } from "#shared/vocabulary.ts";

/**
 * A change of the API that callers may need to know. `on`: the day (UTC) from which it holds. A deprecated route works until
 * `sunsetOn`, and each of its answers carries the headers of `lifetimeHeaders`.
 */
export type ApiChange = { date: string; description: LocalizedText } & (
  | { kind: "added"; routes?: readonly string[] }
  | { kind: "deprecated"; routes: readonly string[]; sunsetOn?: string }
);

/** The newest change first. docs/contract.md says how long deprecated routes keep working. */
export const apiChanges: readonly ApiChange[] = [
  {
    date: "2026-11-26",
    kind: "added",
    description: {
      en: "What has changed, and what is deprecated and until when",
      fa: "فهرست تغییرها و آنچه منسوخ شده و زمان پایان آن",
    },
    routes: ["GET /v1/changes"],
  },
];

const secondsOf = (day: string) => Date.parse(`${day}T00:00:00.000Z`) / 1_000;

/**
 * The headers of a deprecated route: since when it is deprecated (RFC 9745), when it ends (RFC 8594), and a link to the
 * changes. Empty for any other route. `origin`: scheme and host that the caller used.
 */
export function lifetimeHeaders(
  routeKey: string,
  { changes, origin }: { changes: readonly ApiChange[]; origin: string },
): Record<string, string> {
  const deprecation = changes.find((change) => change.kind === "deprecated" && change.routes.includes(routeKey));
  if (deprecation?.kind !== "deprecated") return {};
  const { date, sunsetOn } = deprecation;
  return {
    deprecation: `@${secondsOf(date)}`,
    ...(sunsetOn && { sunset: new Date(secondsOf(sunsetOn) * 1_000).toUTCString() }),
    link: `<${origin}/v1/changes>; rel="deprecation"; type="application/json"`,
  };
}
