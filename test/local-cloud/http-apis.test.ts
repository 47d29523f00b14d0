import { App, Duration, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { CorsHttpMethod, HttpApi, HttpMethod, HttpNoneAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { expect, test } from "vitest";
import { createHttpApis } from "#infra/programs/local-cloud/api-gateway/http-apis.ts";
import { deploy } from "#infra/programs/local-cloud/cloudformation/deployment.ts";
import { inert } from "#infra/programs/local-cloud/cloudformation/resources.ts";
import { createPolicyStore } from "#infra/programs/local-cloud/iam/gate.ts";

function aStack(): Stack {
  const stack = new Stack(new App(), "Tiny");
  const code = Code.fromInline("exports.handler = () => {}");
  const fn = new LambdaFunction(stack, "Fn", { code, handler: "index.handler", runtime: Runtime.NODEJS_24_X });
  const api = new HttpApi(stack, "Api", {
    createDefaultStage: false,
    corsPreflight: {
      allowOrigins: ["https://a.example"],
      allowMethods: [CorsHttpMethod.GET],
      maxAge: Duration.hours(1),
    },
  });
  api.addStage("Stage", { stageName: "$default", autoDeploy: true, throttle: { rateLimit: 20, burstLimit: 40 } });
  const integration = new HttpLambdaIntegration("Fn", fn, { scopePermissionToRoute: false });
  const authorizer = new HttpJwtAuthorizer("Tokens", "https://issuer.example", { jwtAudience: ["foad"] });
  const open = new HttpNoneAuthorizer();
  api.addRoutes({ path: "/open", methods: [HttpMethod.GET], integration, authorizer: open });
  api.addRoutes({
    path: "/{id}",
    methods: [HttpMethod.POST],
    integration,
    authorizer,
    authorizationScopes: ["foad/agency"],
  });
  return stack;
}

test("the gateway is told what the stack says: routes, scopes, authorizer, CORS and throttling", async () => {
  const apis = createHttpApis({ url: "http://127.0.0.1:1" });
  const { Resources } = Template.fromStack(aStack()).toJSON();
  for (const resource of Object.values<{ DependsOn?: unknown }>(Resources))
    resource.DependsOn = [resource.DependsOn ?? []].flat();
  const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:fn";
  const makers = {
    ...inert.creators,
    ...createPolicyStore().makes,
    ...apis.creators,
    "AWS::Lambda::Function": () => ({ ref: "fn", attributes: { Arn: functionArn } }),
  };
  await deploy({
    assembly: { stacks: [{ name: "Tiny", template: { Resources, Outputs: {} } }], assets: new Map() },
    makers,
  });
  expect(apis.definition()).toEqual({
    id: expect.stringContaining("api"),
    routes: expect.arrayContaining([
      { routeKey: "GET /open", functionArn, scopes: [], authorizer: "NONE" },
      { routeKey: "POST /{id}", functionArn, scopes: ["foad/agency"], authorizer: "JWT" },
    ]),
    authorizer: { issuer: "https://issuer.example", audience: ["foad"] },
    cors: { allowOrigins: ["https://a.example"], allowMethods: ["GET"], maxAge: 3600 },
    throttle: { rate: 20, burst: 40 },
  });
});
