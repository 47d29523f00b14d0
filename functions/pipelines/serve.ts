import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import httpRouter, { type Method } from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { readComplaintId } from "#shared/domain/complaint/identifier.ts";
import { log } from "#shared/runtime/log.ts";
import { type ApiChange, apiChanges, lifetimeHeaders } from "./api-changes.ts";
import { originOf } from "./request.ts";
import type { Operation, Proof } from "./route.ts";

/** Operations by the gateway's route key, such as `GET /v1/catalog`. */
export type Routes = Record<string, Operation>;

type Served = { routes: Routes; prove: Proof; changes?: readonly ApiChange[] };

/** The function of one caller: its routes, all of which prove the caller in the same way. */
export function serve({ routes, prove, changes = apiChanges }: Served) {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    Object.entries(routes).map(([routeKey, operation]) => {
      const [method, path] = routeKey.split(" ") as [Method, string];
      const handler = async (event: APIGatewayProxyEventV2) => {
        const response = await answer(event, { operation, prove });
        const lifetime = lifetimeHeaders(routeKey, { changes, origin: originOf(event) });
        return { ...response, headers: { ...response.headers, ...lifetime } };
      };
      return { method, path, handler };
    }),
  );
  return middy(router).use(injectLambdaContext(log));
}

async function answer(event: APIGatewayProxyEventV2, { operation, prove }: { operation: Operation; prove: Proof }) {
  const startedAt = performance.now();
  const response = await operation.respond(event, prove);
  const tookMs = Math.round(performance.now() - startedAt);
  log.info("request answered", {
    route: event.routeKey,
    // Only what reads as an id is logged: somebody may have typed a name or a phone number there.
    id: readComplaintId(event.pathParameters?.id ?? ""),
    status: response.statusCode,
    tookMs,
  });
  return response;
}
