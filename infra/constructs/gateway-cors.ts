import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod } from "aws-cdk-lib/aws-apigatewayv2";

/** Which pages may call the API from a browser, what they may send and what they may read. */
export function cors(allowOrigins: string[]) {
  return {
    allowOrigins,
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
    allowHeaders: [
      "authorization",
      "content-type",
      "accept-language",
      "foad-secret",
      "idempotency-key",
      "if-match",
      "if-none-match",
    ],
    exposeHeaders: [
      "etag",
      "location",
      "retry-after",
      "ratelimit",
      "ratelimit-policy",
      "deprecation",
      "sunset",
      "link",
      "www-authenticate",
      "apigw-requestid",
    ],
    maxAge: Duration.hours(1),
  };
}
