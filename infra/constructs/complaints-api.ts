import { CfnOutput, Duration, Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  ApiMapping,
  CfnStage,
  DomainName,
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { FilterPattern, type LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { clientsOf } from "#shared/province/clients.ts";
import type { Province } from "#shared/province/schema.ts";
import {
  type ApiFunction,
  defaultRoute,
  gatewayLimit,
  headRoutes,
  pageRoutes,
  routeLimits,
  routes,
  scopes,
} from "../routes.ts";
import { cors } from "./gateway-cors.ts";
import { createVendedLog, type ServiceFunction } from "./service-function.ts";

type ComplaintsApiProps = { province: Province; functions: Record<ApiFunction, ServiceFunction> };

/** The HTTP API: the gateway with every route, the scope the route asks for, and the function that answers. */
export class ComplaintsApi extends Construct {
  readonly gateway: HttpApi;
  private readonly log: LogGroup;

  constructor(scope: Construct, id: string, { province, functions }: ComplaintsApiProps) {
    super(scope, id);
    const httpApi = new HttpApi(this, "Gateway", {
      apiName: `foad-${province.id}`,
      createDefaultStage: false,
      corsPreflight: cors(province.corsOrigins),
      ...(province.api && { disableExecuteApiEndpoint: true }),
    });
    this.gateway = httpApi;
    this.log = createVendedLog(this, "AccessLog", { service: "apis" });
    const integrations = Object.entries(functions).map(([name, { lambda }]) => [
      name,
      // One permission for all routes of a function: one each would overflow the function's policy.
      new HttpLambdaIntegration(name, lambda, { scopePermissionToRoute: false }),
    ]);
    const added = this.addRoutes({ httpApi, province, integrations: Object.fromEntries(integrations) });
    this.letDefaultRouteCall(functions[defaultRoute.answeredBy], httpApi);
    const stage = this.addStage(httpApi, added);
    if (province.api) this.addDomain(province.api, { httpApi, stage });
    else new CfnOutput(this, "Url", { value: httpApi.apiEndpoint });
  }

  /** The permission that a function has for all its routes covers those alone that name a method and a path. */
  private letDefaultRouteCall({ lambda }: ServiceFunction, { apiId }: HttpApi) {
    const resourceName = `*/${defaultRoute.routeKey}`;
    lambda.addPermission("DefaultRoute", {
      scope: this,
      principal: new ServicePrincipal("apigateway.amazonaws.com"),
      sourceArn: Stack.of(this).formatArn({ service: "execute-api", resource: apiId, resourceName }),
    });
  }

  /** The gateway's own domain; what its DNS has to name is put out. */
  private addDomain({ domain, certificateArn }: OwnDomain, { httpApi, stage }: { httpApi: HttpApi; stage: HttpStage }) {
    const certificate = Certificate.fromCertificateArn(this, "Certificate", certificateArn);
    const domainName = new DomainName(this, "Domain", { domainName: domain, certificate });
    new ApiMapping(this, "Mapping", { api: httpApi, domainName, stage });
    new CfnOutput(this, "Url", { value: `https://${domain}` });
    new CfnOutput(this, "DomainTarget", { value: domainName.regionalDomainName });
  }

  /**
   * Counts the answers of one status, or of all that begin like it (`5*`), on all routes or on those that look so. Where
   * several are counted in one metric, `times` says how many answers one of these counts for.
   */
  metricOfStatus(status: number | "5*", { route = "*", metricName, times = 1 }: StatusCounting = {}): Metric {
    const name = String(status).replace("*", "xx");
    const filterPattern = FilterPattern.all(
      FilterPattern.stringValue("$.status", "=", String(status)),
      FilterPattern.stringValue("$.route", "=", route),
    );
    const filter = this.log.addMetricFilter(`Answered${name}`, {
      metricNamespace: Stack.of(this).stackName,
      metricName: metricName ?? `answered ${name}`,
      metricValue: String(times),
      filterPattern,
    });
    return filter.metric({ statistic: "Sum", period: Duration.minutes(5) });
  }

  private addStage(httpApi: HttpApi, added: Map<string, HttpRoute>): HttpStage {
    const stage = new HttpStage(this, "Stage", {
      httpApi,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: gatewayLimit.rate, burstLimit: gatewayLimit.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(this.log), format: accessLog },
    });
    const limits = Object.entries(routeLimits).map(([routeKey, { rate, burst }]) => [
      routeKey,
      { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    ]);
    if (stage.node.defaultChild instanceof CfnStage) stage.node.defaultChild.routeSettings = Object.fromEntries(limits);
    // A stage that limits a route which is not there yet is refused.
    for (const routeKey of Object.keys(routeLimits)) stage.node.addDependency(added.get(routeKey) ?? httpApi);
    return stage;
  }

  private addRoutes({ httpApi, province, integrations }: Wiring): Map<string, HttpRoute> {
    const authorizer = new HttpJwtAuthorizer("Tokens", province.tokens.issuer, { jwtAudience: audiencesOf(province) });
    const added = new Map<string, HttpRoute>();
    for (const [routeKey, name] of Object.entries(functionOfRoute)) {
      const scope = scopes[name];
      const route = new HttpRoute(this, routeKey, {
        httpApi,
        routeKey: keyOf(routeKey),
        integration: integrations[name] as HttpLambdaIntegration,
        authorizer: scope ? authorizer : new HttpNoneAuthorizer(),
        ...(scope && { authorizationScopes: [scope] }),
      });
      if (!scope) Validations.of(route).acknowledge(withoutToken);
      added.set(routeKey, route);
    }
    return added;
  }
}

/** The gateway looks at a token's client where it has no `aud`. */
const audiencesOf = (province: Province) =>
  province.tokens.audience ? [province.tokens.audience] : Object.keys(clientsOf(province));

/** Every route of the gateway, and the function behind it. */
const functionOfRoute: Record<string, ApiFunction> = {
  ...routes,
  ...Object.fromEntries(Object.keys(pageRoutes).map((routeKey) => [routeKey, "read-page" as const])),
  ...headRoutes,
  // It asks for no token, so the gateway goes on answering browsers' preflights by itself.
  [defaultRoute.routeKey]: defaultRoute.answeredBy,
};

function keyOf(routeKey: string): HttpRouteKey {
  if (routeKey === defaultRoute.routeKey) return HttpRouteKey.DEFAULT;
  const [method, path = ""] = routeKey.split(" ");
  return HttpRouteKey.with(path, method as HttpMethod);
}

const withoutToken = {
  id: "AwsSolutions::AwsSolutions-APIG4",
  reason: "Public data, or a citizen who proves the complaint by its secret: there is no login.",
};

type StatusCounting = { route?: string; metricName?: string; times?: number };
type OwnDomain = NonNullable<Province["api"]>;
type Wiring = { httpApi: HttpApi; province: Province; integrations: Record<string, HttpLambdaIntegration> };

/** No IP addresses: one would tell where a citizen is. */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    time: "$context.requestTime",
    route: "$context.routeKey",
    status: "$context.status",
    latencyMs: "$context.responseLatency",
    error: "$context.error.message",
  }),
);
