import type { IncomingMessage } from "node:http";

export type Route = { routeKey: string; functionArn: string; scopes: string[]; authorizer: "JWT" | "NONE" };

export type Match = { route: Route; parameters: Record<string, string> };

const DEFAULT: Match["parameters"] = {};

/** The most specific route wins: segment by segment a literal before a variable before a greedy one, then the method before ANY, `$default` last. */
export function matchRoute(routes: Route[], request: IncomingMessage): Match | undefined {
  const path = rawPath(request).split("/");
  const found = routes.flatMap((route) => {
    const parameters = parametersOf({ route, method: request.method ?? "", path });
    return parameters ? [{ route, parameters }] : [];
  });
  return found.sort((a, b) => (specificity(a.route) < specificity(b.route) ? 1 : -1))[0];
}

/** The path as HTTP APIs see it: percent-decoded, also where that makes a mess of it. */
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
  const greedy = template.endsWith("+}");
  if (greedy ? path.length < segments.length : path.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = segment.endsWith("+}") ? path.slice(index).join("/") : (path[index] ?? "");
    const name = /^\{(.+?)\+?\}$/.exec(segment)?.[1];
    if (name ? value === "" : value !== segment) return undefined;
    if (name) parameters[name] = value;
  }
  return parameters;
}

/** A text that sorts as the routes rank. */
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
