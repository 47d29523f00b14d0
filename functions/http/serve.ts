import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Method } from "@middy/http-router";
import httpRouter from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { parseComplaintId } from "#shared/domain/complaint/identifier.ts";
import { log } from "#shared/runtime/log.ts";
import { type ApiChange, apiChanges, lifetimeHeaders } from "./api-changes.ts";
import { Problem } from "./problem.ts";
import { originOf } from "./request.ts";
import type { Authenticate, Operation } from "./route.ts";

/** Operations by the gateway's route key, such as `GET /v1/catalog`. */
export type Routes = Record<string, Operation>;

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

type ServerOptions = {
  routes: Routes;
  authenticate: Authenticate;
  /** Answers what no route of the gateway takes, in the function to which the gateway sends that. */
  otherwise?: Pick<Operation, "respond">;
  changes?: readonly ApiChange[];
};

/** The function of one caller: its routes, all of which prove the caller in the same way. */
export function serve({ routes, authenticate, otherwise, changes = apiChanges }: ServerOptions) {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    Object.entries(routes).flatMap(([routeKey, operation]) => {
      const [method, path] = routeKey.split(" ") as [Method, string];
      const handler: Handler = async (event) => {
        const response = await answer(event, { operation, prove: authenticate });
        const lifetime = lifetimeHeaders(routeKey, { changes, origin: originOf(event) });
        return { ...response, headers: { ...response.headers, ...lifetime } };
      };
      const isAskedByHead = method === "GET" && operation.contract.caller === "public";
      const head = { method: "HEAD" as const, path, handler: withoutBody(handler) };
      return [{ method, path, handler }, ...(isAskedByHead ? [head] : [])];
    }),
  );
  // Asked for first: the router would take `/v1/catalog/` for a path of ours, where the gateway does not.
  const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
    if (!otherwise || event.routeKey !== "$default") return router(event, context);
    const unknown: Handler = (event) => answer(event, { operation: otherwise, prove: authenticate });
    return event.requestContext.http.method === "HEAD" ? withoutBody(unknown)(event) : unknown(event);
  };
  return middy(handler).use(injectLambdaContext(log, { resetKeys: true }));
}

/** As HEAD is answered: with all that GET says of the body, and without it. */
function withoutBody(handler: Handler): Handler {
  return async (event) => {
    const { body: _, isBase64Encoded: __, ...head } = await handler(event);
    return head;
  };
}

type Answering = { operation: Pick<Operation, "respond">; prove: Authenticate };

async function answer(event: APIGatewayProxyEventV2, { operation, prove }: Answering) {
  // The gateway's own, which its log names too: one that a caller chose could tie a citizen's complaints to each other.
  log.appendKeys({ requestId: event.requestContext.requestId });
  const startedAt = performance.now();
  let client: string | undefined;
  const proven: Authenticate = async (event, now) => {
    const principal = await prove(event, now);
    client = principal && "clientId" in principal ? principal.clientId : undefined;
    return principal;
  };
  const response = (await refuseAroundEdgeIfDemanded(event)) ?? (await operation.respond(event, proven));
  const tookMs = Math.round(performance.now() - startedAt);
  log.info("request answered", {
    route: event.routeKey,
    // As the province's file registers it; a citizen has none.
    client,
    // Only what reads as an id is logged: somebody may have typed a name or a phone number there.
    id: parseComplaintId(event.pathParameters?.id ?? ""),
    status: response.statusCode,
    refusal: problemCodeOf(response),
    tookMs,
  });
  return response;
}

/** The code by which a caller reads why it was refused. */
function problemCodeOf({ headers, body = "" }: APIGatewayProxyStructuredResultV2): string | undefined {
  if (headers?.["content-type"] !== "application/problem+json") return undefined;
  return Problem.pick({ code: true }).parse(JSON.parse(body)).code;
}

/**
 * The refusal of what did not come through the edge, in a province that demands it. `FOAD_EDGE` is filled in when the
 * bundles are made: elsewhere the check is in no bundle, nor what it needs.
 */
async function refuseAroundEdgeIfDemanded(event: APIGatewayProxyEventV2) {
  // In a branch, which is left out where it is dead; what stands behind a return is not.
  if (process.env.FOAD_EDGE) {
    const { refuseAroundEdge } = await import("./edge-key.ts");
    return refuseAroundEdge(event);
  }
  return undefined;
}
