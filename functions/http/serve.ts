import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Method } from "@middy/http-router";
import httpRouter from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { parseComplaintId } from "#shared/identifier.ts";
import type { Principal } from "#shared/people/principal.ts";
import { idPrefixes } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { type ApiChange, apiChanges, lifetimeHeaders } from "./api-changes.ts";
import { refuseAroundEdge } from "./edge-key.ts";
import { Problem } from "./problem.ts";
import { originOf } from "./request.ts";
import type { Authenticate, Operation } from "./route.ts";

/** Operations by the gateway's route key, such as `GET /v1/catalog`. */
export type Routes = Record<string, Operation>;

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

type ServerOptions = {
  routes: Routes;
  authenticate: Authenticate;
  /** Answers requests that match no route. Set in the one function to which the gateway sends them (`$default`). */
  otherwise?: Pick<Operation, "respond">;
  changes?: readonly ApiChange[];
};

/** Makes a Lambda handler of routes that all authenticate their caller in the same way. */
export function serve({ routes, authenticate, otherwise, changes = apiChanges }: ServerOptions) {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    Object.entries(routes).flatMap(([routeKey, operation]) => {
      const [method, path] = routeKey.split(" ") as [Method, string];
      const handler: Handler = async (event) => {
        const response = await answer(event, { operation, authenticate });
        const lifetime = lifetimeHeaders(routeKey, { changes, origin: originOf(event) });
        return { ...response, headers: { ...response.headers, ...lifetime } };
      };
      const takesHead = method === "GET" && operation.contract.caller === "public";
      const head = { method: "HEAD" as const, path, handler: withoutBody(handler) };
      return [{ method, path, handler }, ...(takesHead ? [head] : [])];
    }),
  );
  // `$default` is checked before the router: the router would accept `/v1/catalog/`, which is no route of the gateway.
  const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
    if (!otherwise || event.routeKey !== "$default") return router(event, context);
    const answerUnknown: Handler = (event) => answer(event, { operation: otherwise, authenticate });
    return event.requestContext.http.method === "HEAD" ? withoutBody(answerUnknown)(event) : answerUnknown(event);
  };
  return middy(handler).use(injectLambdaContext(log, { resetKeys: true }));
}

/** Makes the handler of HEAD from that of GET: the same status and headers, without the body. */
function withoutBody(handler: Handler): Handler {
  return async (event) => {
    const { body: _, isBase64Encoded: __, ...head } = await handler(event);
    return head;
  };
}

/** Answers one request, and logs its route, client, complaint id, status and time. */
async function answer(
  event: APIGatewayProxyEventV2,
  { operation, authenticate }: { operation: Pick<Operation, "respond">; authenticate: Authenticate },
) {
  // The gateway's own request id, which the gateway's log has too. An id that a caller chooses could link a citizen's
  // complaints to each other.
  log.appendKeys({ requestId: event.requestContext.requestId });
  const startedAt = performance.now();
  let principal: Principal | undefined;
  const authenticateAndKeep: Authenticate = async (event, now) => {
    principal = await authenticate(event, now);
    return principal;
  };
  const refusal = await refuseAroundEdgeIfDemanded(event);
  const response = refusal ?? (await operation.respond(event, authenticateAndKeep));
  const durationMs = Math.round(performance.now() - startedAt);
  log.info("request answered", {
    route: event.routeKey,
    ...logFieldsOf(principal),
    // Only a valid complaint id is logged: a caller may have typed a name or a phone number there.
    id: parseComplaintId(event.pathParameters?.id ?? "", idPrefixes),
    status: response.statusCode,
    problemCode: problemCodeOf(response),
    durationMs,
  });
  return response;
}

/** Who asked: the client's id in the province file, and what people who share a client do not share. Citizens and employees have none. */
function logFieldsOf(principal: Principal | undefined) {
  if (!principal || principal.caller === "citizen" || principal.caller === "employee") return {};
  const { clientId } = principal;
  return { clientId, caller: principal.caller, agencyId: "agencyId" in principal ? principal.agencyId : undefined };
}

/** The problem code of a refusal; undefined for any other response. */
function problemCodeOf({ headers, body = "" }: APIGatewayProxyStructuredResultV2): string | undefined {
  if (headers?.["content-type"] !== "application/problem+json") return undefined;
  return Problem.pick({ code: true }).parse(JSON.parse(body)).code;
}

/**
 * In a province behind the edge: the refusal of a request that did not come through the edge. The build fills in
 * `FOAD_EDGE_REQUIRED`, so that the bundles of other provinces hold neither this check nor its imports.
 */
async function refuseAroundEdgeIfDemanded(event: APIGatewayProxyEventV2) {
  // The bundler drops an import that only a dead branch uses. A dynamic import would make it keep whole libraries.
  if (process.env.FOAD_EDGE_REQUIRED) return refuseAroundEdge(event);
  return undefined;
}
