import type { APIGatewayProxyEventV2, Context } from "aws-lambda";

type Sent = {
  routeKey: string;
  id?: string;
  body?: unknown;
  /** The client whose token the gateway has checked, and the person. */
  clientId?: string;
  sub?: string;
  /** What else the path is filled with, and the query. */
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
};

const everyScope = "foad/front-end foad/agency foad/inspector foad/overseer foad/admin";

/** What the gateway hands to a function for such a request. */
export function anApiEvent({
  routeKey,
  id = "",
  body,
  clientId,
  sub,
  path: filled,
  query,
  headers = {},
}: Sent): APIGatewayProxyEventV2 {
  const [method = "", template = ""] = routeKey.split(" ");
  const path = template.replace("{id}", id);
  const event = {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: { "content-type": "application/json", ...headers },
    pathParameters: { id, ...filled },
    queryStringParameters: query,
    requestContext: {
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      authorizer: { jwt: { claims: { client_id: clientId, sub, scope: everyScope }, scopes: null } },
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
  return event as unknown as APIGatewayProxyEventV2;
}

/** Of the invocation, what a logger reads. */
export const aContext = {
  functionName: "under-test",
  memoryLimitInMB: "512",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:under-test",
  awsRequestId: "request-1",
  getRemainingTimeInMillis: () => 10_000,
} as unknown as Context;
