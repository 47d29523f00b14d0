import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Gate } from "../iam/gate.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { arnOf } from "../machine/aws-account.ts";
import { type Listening, readBody, serveOnLoopback } from "../machine/loopback.ts";
import { accessLine } from "./access-log.ts";
import { type Authorizer, authorize, type Keys } from "./authorizer.ts";
import { type Cors, isPreflight, preflight, withCors } from "./cors.ts";
import { toEvent } from "./event.ts";
import { headLength, type Throttle, throttleBy } from "./limits.ts";
import { failed, fromFunction, type Reply, refusal, send } from "./reply.ts";
import { matchRoute, type Route } from "./routes.ts";

export type HttpApiDefinition = {
  id: string;
  routes: Route[];
  authorizer?: Authorizer;
  cors?: Cors;
  throttle?: Throttle;
  /** How the stage writes a line of its access log, with `$context.…` where something of the request belongs. */
  accessLine?: string;
};

export type HttpApiOptions = {
  port: number;
  definition: HttpApiDefinition;
  /** Rejects when the function fails, or with an error named as one of Lambda's own when that could not run it. */
  invoke: Invoke;
  /** Judges whether a route may call its function. */
  gate?: Gate;
  keys: Keys;
  now(): number;
  /** Takes each line of the access log, where the stage writes one. */
  logged?: (line: string) => void;
  /** How many ms a function may take; 30 s as in AWS unless a test wants less. */
  timeout?: number;
};

const LONGEST_BODY = 10 * 1_024 * 1_024;
const LONGEST_HEAD = 10_240;
/** Node's own limit, set well above ours: a head between the two is answered here, as AWS does. */
const ENGINE_HEAD = 64 * 1_024;

/** An HTTP API as AWS serves it: JWT authorizer, payload format 2.0, the gateway's own refusals, on 127.0.0.1. */
export function serveHttpApi(options: HttpApiOptions): Promise<Listening> {
  const admits = throttleBy({ throttle: options.definition.throttle, now: options.now });
  return serveOnLoopback({
    port: options.port,
    pages: "any",
    options: { maxHeaderSize: ENGINE_HEAD },
    answer: async (request, response) => {
      const requestId = randomUUID();
      const startedAt = performance.now();
      const reply = await answer({ requestId, request, options, admits });
      tellAccess({ requestId, request, options, reply, tookMs: performance.now() - startedAt });
      const { cors } = options.definition;
      send(
        response,
        withHeader(withCors({ cors, request, reply }), {
          "apigw-requestid": requestId,
          date: new Date(options.now()).toUTCString(),
        }),
      );
    },
  });
}

type Served = { requestId: string; request: IncomingMessage; options: HttpApiOptions; reply: Reply; tookMs: number };

function tellAccess({ requestId, request, options, reply, tookMs }: Served): void {
  const { definition, now, logged } = options;
  if (!definition.accessLine) return;
  const routeKey = matchRoute(definition.routes, request)?.route.routeKey;
  logged?.(accessLine(definition.accessLine, { requestId, routeKey, reply, now: now(), tookMs }));
}

const withHeader = (reply: Reply, headers: Reply["headers"]): Reply => ({
  ...reply,
  headers: { ...reply.headers, ...headers },
});

type Call = {
  requestId: string;
  request: IncomingMessage;
  options: HttpApiOptions;
  admits: (routeKey: string) => boolean;
};

async function answer({ requestId, request, options, admits }: Call): Promise<Reply> {
  const { routes, cors } = options.definition;
  if (headLength(request) > LONGEST_HEAD) return refusal(431, "Request Header Fields Too Large");
  const match = matchRoute(routes, request);
  if (cors && isPreflight(request, match?.route)) return preflight({ cors, request });
  if (!match) return refusal(404, "Not Found");
  if (!admits(match.route.routeKey)) return refusal(429, "Too Many Requests");
  const { refused, jwt } = await authorize({ request, route: match.route, options });
  if (refused) return refused;
  const body = await readBody({ request, limit: LONGEST_BODY });
  if (!body) return refusal(413, "Request Entity Too Large", { connection: "close" });
  return integrate({
    options,
    route: match.route,
    event: toEvent({ request, match, jwt, body, now: options.now(), requestId }),
  });
}

type Integration = { options: HttpApiOptions; route: Route; event: unknown };

async function integrate({ options, route, event }: Integration): Promise<Reply> {
  if (mayNotCall(options, route)) return refusal(500, "Internal Server Error");
  const { promise: late, resolve } = Promise.withResolvers<Reply>();
  const timer = setTimeout(() => resolve(refusal(503, "Service Unavailable")), options.timeout ?? 30_000);
  try {
    return await Promise.race([late, options.invoke(route.functionArn, event).then(fromFunction, failed)]);
  } finally {
    clearTimeout(timer);
  }
}

function mayNotCall({ definition, gate }: HttpApiOptions, { routeKey, functionArn }: Route): boolean {
  const source = arnOf({ service: "execute-api", resource: `${definition.id}/$default/${routeKey.replace(" ", "")}` });
  const ask = { action: "lambda:InvokeFunction", resource: functionArn, context: { "aws:sourcearn": [source] } };
  return gate?.refusal({ service: "apigateway.amazonaws.com" }, ask) !== undefined;
}
