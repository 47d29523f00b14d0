import type { IncomingMessage } from "node:http";

export type Route = { routeKey: string; functionArn: string; scopes: string[]; authorizer: "JWT" | "NONE" };

export type Match = { route: Route; parameters: Record<string, string> };

const DEFAULT: Match["parameters"] = {};

/**
 * The most specific route that fits. Segment by segment a literal goes before a variable and that
 * before a greedy variable; then a method goes before ANY, and `$default` comes last.
 */
export function matchRoute(routes: Route[], request: IncomingMessage): Match | undefined {
  const path = rawPath(request).split("/");
  const found = routes.flatMap((route) => {
    const parameters = parametersOf({ route, method: request.method ?? "", path });
    return parameters ? [{ route, parameters }] : [];
  });
  return found.sort((a, b) => (specificity(a.route) < specificity(b.route) ? 1 : -1))[0];
}

/** The path as HTTP APIs see it: percent-decoded as a whole, so an encoded slash separates segments too. */
export function rawPath(request: IncomingMessage): string {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  return decoded(path);
}

type Attempt = { route: Route; method: string; path: string[] };

function parametersOf({ route, method, path }: Attempt): Record<string, string> | undefined {
  if (route.routeKey === "$default") return DEFAULT;
  const [routeMethod, template = ""] = route.routeKey.split(" ");
  if (routeMethod !== "ANY" && routeMethod !== method) return undefined;
  const segments = template.split("/");
  const isGreedy = template.endsWith("+}");
  const isAsLong = isGreedy ? path.length >= segments.length : path.length === segments.length;
  if (!isAsLong) return undefined;
  return variablesIn(segments, path);
}

/** What the path says for each variable of the template; undefined where it does not fit. */
function variablesIn(template: string[], path: string[]): Record<string, string> | undefined {
  const variables: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const value = segment.endsWith("+}") ? path.slice(index).join("/") : (path[index] ?? "");
    const name = /^\{(.+?)\+?\}$/.exec(segment)?.[1];
    const fits = name ? value !== "" : value === segment;
    if (!fits) return undefined;
    if (name) variables[name] = value;
  }
  return variables;
}

/** A text per route: of two routes that fit, the one with the greater text is the more specific. */
function specificity({ routeKey }: Route): string {
  if (routeKey === "$default") return "";
  const [method, template = ""] = routeKey.split(" ");
  const ranks = template
    .split("/")
    .map((segment) => (segment.endsWith("+}") ? "1" : segment.endsWith("}") ? "2" : "3"));
  return `${ranks.join("")} ${method === "ANY" ? 0 : 1}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
