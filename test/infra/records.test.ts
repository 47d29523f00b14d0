import { expect, test } from "vitest";
import * as z from "zod";
import { templateOf } from "../support/synthesized.ts";

const Route = z.object({ Properties: z.object({ RouteKey: z.string() }) });
const Stage = z.object({ Properties: z.object({ RouteSettings: z.record(z.string(), z.unknown()) }) });

/** The routes of a province about notices, and the limits that its gateway has for such routes. */
function routesOfNotices(province: string) {
  const api = templateOf(province, "Api");
  const routes = Object.values(api.findResources("AWS::ApiGatewayV2::Route")).map((one) => Route.parse(one));
  const [stage] = Object.values(api.findResources("AWS::ApiGatewayV2::Stage")).map((one) => Stage.parse(one));
  const isOfNotices = (routeKey: string) => /\/(notices?|records)\b/.test(routeKey);
  return {
    routes: routes.map(({ Properties }) => Properties.RouteKey).filter(isOfNotices),
    limits: Object.keys(stage?.Properties.RouteSettings ?? {}).filter(isOfNotices),
  };
}

test("the page of employees is there in a province with notices, with limits of its own", () => {
  const { routes, limits } = routesOfNotices("qazvin");
  const pages = ["GET /notice", "GET /notice/{proxy+}", "HEAD /notice", "HEAD /notice/{proxy+}"];
  expect(routes).toEqual(expect.arrayContaining(pages));
  expect(limits.sort()).toEqual(pages);
});

test("a province without notices has neither their routes nor limits for them", () => {
  expect(routesOfNotices("alborz")).toEqual({ routes: [], limits: [] });
});
