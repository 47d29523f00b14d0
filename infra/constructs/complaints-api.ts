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
import { cors } from "./gateway-cors.ts";
import {
  type ApiFunction,
  acceptedScopes,
  defaultRoute,
  gatewayLimit,
  headRoutes,
  isRouteOfRecords,
  pageRoutes,
  routeLimits,
  routes,
  scopes,
} from "./routes.ts";
import { createVendedLog, type ServiceFunction } from "./service-function.ts";

type ComplaintsApiProps = { province: Province; functions: Record<ApiFunction, ServiceFunction> };

/** The HTTP API: the gateway with every route, the token scope that each route needs, and the function that answers it. */
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
      // One permission for all routes of a function. One for each route would exceed the size limit of a function's policy.
      new HttpLambdaIntegration(name, lambda, { scopePermissionToRoute: false }),
    ]);
    const added = this.addRoutes({ httpApi, province, integrations: Object.fromEntries(integrations) });
    this.allowDefaultRouteToInvoke(functions[defaultRoute.answeredBy], httpApi);
    const stage = this.addStage(httpApi, added);
    if (province.api) this.addDomain(province.api, { httpApi, stage });
    else new CfnOutput(this, "Url", { value: httpApi.apiEndpoint });
  }

  /** The permission for all routes of a function covers only routes with a method and a path, so not `$default`. */
  private allowDefaultRouteToInvoke({ lambda }: ServiceFunction, { apiId }: HttpApi) {
    const resourceName = `*/${defaultRoute.routeKey}`;
    lambda.addPermission("DefaultRoute", {
      scope: this,
      principal: new ServicePrincipal("apigateway.amazonaws.com"),
      sourceArn: Stack.of(this).formatArn({ service: "execute-api", resource: apiId, resourceName }),
    });
  }

  /** Gives the gateway its own domain. The output `DomainTarget` is the name that the domain's DNS record must point to. */
  private addDomain(
    { domain, certificateArn }: NonNullable<Province["api"]>,
    { httpApi, stage }: { httpApi: HttpApi; stage: HttpStage },
  ) {
    const certificate = Certificate.fromCertificateArn(this, "Certificate", certificateArn);
    const domainName = new DomainName(this, "Domain", { domainName: domain, certificate });
    new ApiMapping(this, "Mapping", { api: httpApi, domainName, stage });
    new CfnOutput(this, "Url", { value: `https://${domain}` });
    new CfnOutput(this, "DomainTarget", { value: domainName.regionalDomainName });
  }

  /**
   * Returns a metric that counts answers with a status, or with any 5xx status (`5*`). `route`: a pattern of route keys, by
   * default all routes. `metricName`: lets several statuses add to one metric. `times`: the value that one answer adds.
   */
  metricOfStatus(status: number | "5*", { route = "*", metricName, times = 1 }: StatusCounting = {}): Metric {
    const name = String(status).replace("*", "xx");
    const filterPattern = FilterPattern.all(
      FilterPattern.stringValue("$.status", "=", String(status)),
      FilterPattern.stringValue("$.route", "=", route),
    );
    const filter = this.log.addMetricFilter(`Answered${name}`, {
      metricNamespace: Stack.of(this).stackName,
      metricName: metricName ?? `responses ${name}`,
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
    // API Gateway refuses a stage with a limit for a route that is not there.
    const limited = Object.entries(routeLimits).filter(([routeKey]) => added.has(routeKey));
    const limits = limited.map(([routeKey, { rate, burst }]) => [
      routeKey,
      { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    ]);
    if (stage.node.defaultChild instanceof CfnStage) stage.node.defaultChild.routeSettings = Object.fromEntries(limits);
    // Nor does it take one for a route that does not exist yet.
    for (const [routeKey] of limited) stage.node.addDependency(added.get(routeKey) ?? httpApi);
    return stage;
  }

  private addRoutes({ httpApi, province, integrations }: Wiring): Map<string, HttpRoute> {
    const authorizer = new HttpJwtAuthorizer("Tokens", province.tokens.issuer, { jwtAudience: audiencesOf(province) });
    const added = new Map<string, HttpRoute>();
    for (const [routeKey, name] of Object.entries(functionOfRoute)) {
      if (isRouteOfRecords(routeKey) && !province.records) continue;
      const scope = scopes[name];
      const route = new HttpRoute(this, routeKey, {
        httpApi,
        routeKey: keyOf(routeKey),
        integration: integrations[name] as HttpLambdaIntegration,
        authorizer: scope ? authorizer : new HttpNoneAuthorizer(),
        ...(scope && { authorizationScopes: acceptedScopes }),
      });
      if (!scope) Validations.of(route).acknowledge(withoutToken);
      added.set(routeKey, route);
    }
    return added;
  }
}

/** If a token has no `aud`, API Gateway compares its `client_id` with the audiences instead. */
const audiencesOf = (province: Province) =>
  province.tokens.audience
    ? [province.tokens.audience]
    : [...Object.keys(clientsOf(province)), ...province.tokens.peopleClients];

/** Every route of the gateway, and the function behind it. */
const functionOfRoute: Record<string, ApiFunction> = {
  ...routes,
  ...Object.fromEntries(Object.keys(pageRoutes).map((routeKey) => [routeKey, "read-page" as const])),
  ...headRoutes,
  // This route needs no token, so the gateway still answers CORS preflight requests by itself.
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

type Wiring = { httpApi: HttpApi; province: Province; integrations: Record<string, HttpLambdaIntegration> };

/** The access log has no IP addresses, because they could reveal where a citizen is. */
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
