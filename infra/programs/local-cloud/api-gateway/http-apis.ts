import * as z from "zod";
import type { CreatedResource, DeclaredResource, Service } from "../cloudformation/resources.ts";
import type { HttpApiDefinition } from "./api-gateway.ts";

const Cors = z.object({
  AllowOrigins: z.array(z.string()).optional(),
  AllowMethods: z.array(z.string()).optional(),
  AllowHeaders: z.array(z.string()).optional(),
  ExposeHeaders: z.array(z.string()).optional(),
  MaxAge: z.number().optional(),
});
const Api = z.object({ CorsConfiguration: Cors.optional() });
const Integration = z.object({ IntegrationUri: z.string() });
const Authorizer = z.object({
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
});
const Route = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.string().default("NONE"),
  AuthorizationScopes: z.array(z.string()).default([]),
});
const Settings = z
  .object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() })
  .transform(({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }) => ({ rate, burst }));
const Stage = z.object({
  StageName: z.string(),
  AccessLogSettings: z.object({ Format: z.string() }).optional(),
  DefaultRouteSettings: Settings.optional(),
  RouteSettings: z.record(z.string(), Settings).optional(),
});

type HttpApis = Service & {
  /** Returns the definition of the templates' only API; complete once all resources have been created. */
  definition(): HttpApiDefinition;
};

type Collected = Partial<Omit<HttpApiDefinition, "routes">> & {
  routes: z.infer<typeof Route>[];
  integrations: Map<string, string>;
};

/**
 * Collects the definition of the assembly's only HTTP API from its resources: API, stage, authorizer, routes, integrations.
 */
export function createHttpApis({ url }: { url: string }): HttpApis {
  const collected: Collected = { routes: [], integrations: new Map() };
  const makes = Object.entries(records).map(([type, record]) => [
    type,
    ({ logicalId, properties }: DeclaredResource): CreatedResource => {
      const id = logicalId.toLowerCase();
      record(collected, { id, properties });
      return { ref: id, attributes: { ApiId: id, ApiEndpoint: url, RegionalDomainName: `${id}.local` } };
    },
  ]);
  return { creators: Object.fromEntries(makes), definition: () => definitionOf(collected) };
}

/** For each resource type, adds a resource to the definition. */
const records: Record<string, (collected: Collected, declared: { id: string; properties: unknown }) => void> = {
  "AWS::ApiGatewayV2::Api": (collected, { id, properties }) => Object.assign(collected, { id }, corsOf(properties)),
  "AWS::ApiGatewayV2::Stage": (collected, { properties }) => Object.assign(collected, stageOf(properties)),
  "AWS::ApiGatewayV2::Authorizer": (collected, { properties }) => Object.assign(collected, authorizerOf(properties)),
  "AWS::ApiGatewayV2::Route": ({ routes }, { properties }) => routes.push(Route.parse(properties)),
  // The gateway has its local address here, so its domain in AWS has no effect.
  "AWS::ApiGatewayV2::DomainName": () => {},
  "AWS::ApiGatewayV2::ApiMapping": () => {},
  "AWS::ApiGatewayV2::Integration": ({ integrations }, { id, properties }) =>
    integrations.set(id, functionArnIn(Integration.parse(properties).IntegrationUri)),
};

function definitionOf({
  id = "",
  routes,
  integrations,
  authorizer,
  cors,
  throttle,
  accessLine,
}: Collected): HttpApiDefinition {
  return {
    id,
    routes: routes.map((route) => ({
      routeKey: route.RouteKey,
      functionArn: integrations.get(route.Target.replace("integrations/", "")) ?? "",
      scopes: route.AuthorizationScopes,
      authorizer: route.AuthorizationType === "JWT" ? "JWT" : "NONE",
    })),
    ...(authorizer && { authorizer }),
    ...(cors && { cors }),
    ...(throttle && { throttle }),
    ...(accessLine && { accessLine }),
  };
}

/** Returns the function's ARN. The template has the ARN itself, or the URI at which API Gateway invokes the function. */
function functionArnIn(uri: string): string {
  return /functions\/(arn:.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

function corsOf(properties: unknown): Pick<HttpApiDefinition, "cors"> {
  const { CorsConfiguration: cors } = Api.parse(properties);
  if (!cors) return {};
  const { AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, MaxAge } = cors;
  return {
    cors: {
      ...(AllowOrigins && { allowOrigins: AllowOrigins }),
      ...(AllowMethods && { allowMethods: AllowMethods }),
      ...(AllowHeaders && { allowHeaders: AllowHeaders }),
      ...(ExposeHeaders && { exposeHeaders: ExposeHeaders }),
      ...(MaxAge !== undefined && { maxAge: MaxAge }),
    },
  };
}

function authorizerOf(properties: unknown): Pick<HttpApiDefinition, "authorizer"> {
  const { Issuer, Audience } = Authorizer.parse(properties).JwtConfiguration;
  return { authorizer: { issuer: Issuer, audience: Audience } };
}

function stageOf(properties: unknown): Pick<HttpApiDefinition, "throttle" | "accessLine"> {
  const { DefaultRouteSettings, RouteSettings, AccessLogSettings } = Stage.parse(properties);
  return {
    ...(DefaultRouteSettings && {
      throttle: { ...DefaultRouteSettings, ...(RouteSettings && { of: RouteSettings }) },
    }),
    ...(AccessLogSettings && { accessLine: AccessLogSettings.Format }),
  };
}
