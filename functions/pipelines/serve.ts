import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import httpRouter, { type Method } from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { readComplaintId } from "#shared/domain/complaint/identifier.ts";
import { log } from "#shared/runtime/log.ts";
import type { Operation, Proof } from "./route.ts";

/** Operations by the gateway's route key, such as `GET /v1/catalog`. */
export type Routes = Record<string, Operation>;

/** The function of one caller: its routes, all of which prove the caller in the same way. */
export function serve({ routes, prove }: { routes: Routes; prove: Proof }) {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    Object.entries(routes).map(([routeKey, operation]) => {
      const [method, path] = routeKey.split(" ") as [Method, string];
      return { method, path, handler: (event: APIGatewayProxyEventV2) => answer(event, { operation, prove }) };
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
