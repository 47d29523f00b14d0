import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod } from "aws-cdk-lib/aws-apigatewayv2";

/**
 * The gateway's CORS settings: pages from `allowOrigins` may call the API with these methods, and send and read these
 * headers.
 */
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
