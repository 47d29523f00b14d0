import { asyncapi } from "../descriptions/asyncapi.ts";
import { openapi } from "../openapi/openapi.ts";
import { AsyncapiDocument, OpenapiDocument, type Route } from "./parsed-documents.ts";

/** The documents that the pages are made of. */
export const document = OpenapiDocument.parse(openapi);
export const events = AsyncapiDocument.parse(JSON.parse(JSON.stringify(asyncapi)));

/** Every operation of the API with its method and path. */
export const routes: Route[] = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** The route of an operation. Throws if there is none: a page then names an operation that was renamed. */
export function routeOf(operationId: string): Route {
  const route = routes.find(({ operation }) => operation.operationId === operationId);
  if (!route) throw new Error(`The API has no operation ${operationId}`);
  return route;
}
