import type { LocalizedText } from "#shared/domain/vocabulary.ts";

/**
 * A change of the API that callers may have to know of. `on`: the day in UTC since which it holds. What is deprecated goes
 * on until `endsOn`; each of its routes says so in every answer.
 */
export type ApiChange = { on: string; what: LocalizedText } & (
  | { kind: "added"; routes?: readonly string[] }
  | { kind: "deprecated"; routes: readonly string[]; endsOn?: string }
);

/** The newest first. How long what is deprecated goes on stands in docs/contract.md. */
export const apiChanges: readonly ApiChange[] = [
  {
    on: "2026-11-26",
    kind: "added",
    what: {
      en: "What has changed, and what is deprecated and until when",
      fa: "فهرست تغییرها و آنچه منسوخ شده و زمان پایان آن",
    },
    routes: ["GET /v1/changes"],
  },
];

const secondsOf = (day: string) => Date.parse(`${day}T00:00:00.000Z`) / 1_000;

/**
 * The headers by which a route says that it is deprecated (RFC 9745), until when it is there (RFC 8594) and where to read
 * of it; none where it is not. `origin` is the address that was called.
 */
export function lifetimeHeaders(
  routeKey: string,
  { changes, origin }: { changes: readonly ApiChange[]; origin: string },
): Record<string, string> {
  const found = changes.find((change) => change.kind === "deprecated" && change.routes.includes(routeKey));
  if (found?.kind !== "deprecated") return {};
  return {
    deprecation: `@${secondsOf(found.on)}`,
    ...(found.endsOn && { sunset: new Date(secondsOf(found.endsOn) * 1_000).toUTCString() }),
    link: `<${origin}/v1/changes>; rel="deprecation"; type="application/json"`,
  };
}
