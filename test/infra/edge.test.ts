import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Match, Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiFunctions, pageRoutes, routes, scopes } from "#infra/constructs/routes.ts";
import { edgeRegion } from "#infra/provinces/province-files.ts";
import { tokenRoutes } from "#infra/stacks/edge.ts";
import { withEdge } from "../support/edged.ts";
import { assemblyOf, templateOf as withoutEdge } from "../support/synthesized.ts";
import { synthesizeEdited } from "../support/synthesized-with.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-edge-stacks-"));
let assembly = "";
beforeAll(async () => {
  // What judges every synth judges these stacks too: a finding would stop it.
  const plugins = [new AwsSolutionsChecks(), new ServerlessChecks()];
  assembly = await synthesizeEdited({
    folder,
    edit: withEdge,
    plugins,
    bundles: join(assemblyOf("qazvin"), "bundles"),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = (part: string) => readFileSync(join(assembly, `Foad-qazvin-${part}.template.json`), "utf8");
const templateOf = (part: string) => Template.fromJSON(JSON.parse(textOf(part)));
const manifest = () => JSON.parse(readFileSync(join(assembly, "manifest.json"), "utf8"));

describe("the edge's stack", () => {
  test("stands in the one region that is named, beside the budget's; the others go where the province is", () => {
    const { artifacts } = manifest();
    const placed = Object.entries<{ environment?: string }>(artifacts).filter(([name]) => /^Foad-[\w-]+$/.test(name));
    for (const [name, { environment }] of placed)
      expect([name, environment?.split("/").at(-1)]).toEqual([
        name,
        /-(Edge|Budget)$/.test(name) ? edgeRegion : "me-central-1",
      ]);
    expect(placed).toHaveLength(8);
  });

  test("takes nothing from another stack, and no other takes anything from it", () => {
    expect(textOf("Edge")).not.toMatch(/Fn::GetStackOutput|Fn::ImportValue/);
    for (const part of ["Api", "Data", "Processing", "Operations", "Agencies-1", "Agencies-sandbox", "Budget"])
      expect(textOf(part)).not.toContain("Foad-qazvin-Edge");
  });

  test("speaks HTTPS alone, to callers and to the gateway, which it calls by its domain and with its key", () => {
    templateOf("Edge").hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        Aliases: ["foad.qazvin.example"],
        HttpVersion: "http2and3",
        ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021", SslSupportMethod: "sni-only" },
        Origins: [
          {
            DomainName: "gateway.foad.qazvin.example",
            CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginSSLProtocols: ["TLSv1.2"] },
            OriginCustomHeaders: [
              {
                HeaderName: "foad-edge-key",
                HeaderValue: "{{resolve:secretsmanager:foad-qazvin-edge:SecretString:a::}}",
              },
              { HeaderName: "foad-original-host", HeaderValue: "foad.qazvin.example" },
            ],
          },
        ],
        DefaultCacheBehavior: { ViewerProtocolPolicy: "https-only", Compress: true },
      },
    });
  });

  test("keeps the page's addresses for as long as they say, and nothing else at all", () => {
    const [{ Properties }] = Object.values(templateOf("Edge").findResources("AWS::CloudFront::Distribution")) as [
      { Properties: { DistributionConfig: Record<string, { PathPattern: string; CachePolicyId: unknown }[]> } },
    ];
    const { DefaultCacheBehavior, CacheBehaviors = [] } = Properties.DistributionConfig;
    // AWS's own policy that caches nothing.
    expect(DefaultCacheBehavior).toMatchObject({ CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" });
    const own = { Ref: expect.stringMatching(/^FrontPage/) };
    for (const behavior of CacheBehaviors) expect(behavior).toMatchObject({ CachePolicyId: own, Compress: true });
    templateOf("Edge").hasResourceProperties("AWS::CloudFront::CachePolicy", {
      CachePolicyConfig: { MinTTL: 0, DefaultTTL: 0 },
    });
    const patterns = CacheBehaviors.map(({ PathPattern }) => new RegExp(`^${PathPattern.replaceAll("*", ".*")}$`));
    const kept = (routeKey: string) => {
      const path = routeKey.split(" ")[1]?.replaceAll(/\{\w+\}/g, "some") ?? "";
      return patterns.some((pattern) => pattern.test(path));
    };
    expect(Object.keys(pageRoutes).filter((routeKey) => !kept(routeKey))).toEqual([]);
    expect(Object.keys(routes).filter(kept)).toEqual([]);
  });
});

test("the edge keeps no error, which else it would tell the next caller of the same path", () => {
  templateOf("Edge").hasResourceProperties("AWS::CloudFront::Distribution", {
    DistributionConfig: {
      CustomErrorResponses: [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    },
  });
});

describe("the firewall", () => {
  const asked = (routeKey: string) =>
    new RegExp(tokenRoutes).test(routeKey.split(" ")[1]?.replaceAll(/\{\w+\}/g, "some") ?? "");

  test("asks for a token where the gateway does, and nowhere else", () => {
    const all = [...Object.entries(routes), ...Object.keys(pageRoutes).map((key) => [key, "read-page"] as const)];
    expect(all.filter(([routeKey, name]) => asked(routeKey) !== (scopes[name] !== undefined))).toEqual([]);
  });

  test("refuses on sight, slows the two kinds of callers apart, then asks what AWS knows, and samples nothing", () => {
    const [acl] = Object.values(templateOf("Edge").findResources("AWS::WAFv2::WebACL"));
    const rules: { Name: string; Action: unknown; Statement: Record<string, unknown>; VisibilityConfig: unknown }[] =
      acl?.Properties.Rules;
    expect(rules.map(({ Name }) => Name)).toEqual([
      "token-missing",
      "too-many-on-anonymous-routes",
      "too-many-on-token-routes",
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
    ]);
    for (const { VisibilityConfig } of rules) expect(VisibilityConfig).toMatchObject({ SampledRequestsEnabled: false });
    const blocks = (ResponseCode: number, more = {}) => ({ Block: { CustomResponse: { ResponseCode, ...more } } });
    const later = { ResponseHeaders: [{ Name: "retry-after", Value: "60" }] };
    expect(rules.slice(0, 3).map(({ Action }) => Action)).toEqual([
      blocks(401),
      blocks(429, later),
      blocks(429, later),
    ]);
    const route = { RegexMatchStatement: { FieldToMatch: { UriPath: {} }, RegexString: tokenRoutes } };
    expect(rules[1]?.Statement).toMatchObject({
      RateBasedStatement: { Limit: 3_000, ScopeDownStatement: { NotStatement: { Statement: route } } },
    });
    expect(rules[2]?.Statement).toMatchObject({ RateBasedStatement: { Limit: 30_000, ScopeDownStatement: route } });
    const withToken = {
      SizeConstraintStatement: { FieldToMatch: { SingleHeader: { Name: "authorization" } }, Size: 0 },
    };
    const preflight = { ByteMatchStatement: { FieldToMatch: { Method: {} }, SearchString: "OPTIONS" } };
    expect(rules[0]?.Statement).toMatchObject({
      AndStatement: {
        Statements: [route, ...[withToken, preflight].map((Statement) => ({ NotStatement: { Statement } }))],
      },
    });
  });

  test("takes nothing that a citizen writes for an attack: every rule of AWS that looks into a body only counts", () => {
    const [acl] = Object.values(templateOf("Edge").findResources("AWS::WAFv2::WebACL"));
    type Group = { Name: string; RuleActionOverrides: { Name: string; ActionToUse: unknown }[] };
    const groups: Group[] = acl?.Properties.Rules.flatMap(
      ({ Statement }: { Statement: { ManagedRuleGroupStatement?: Group } }) =>
        Statement.ManagedRuleGroupStatement ?? [],
    );
    for (const { ActionToUse } of groups.flatMap((one) => one.RuleActionOverrides ?? []))
      expect(ActionToUse).toEqual({ Count: {} });
    expect(
      Object.fromEntries(groups.map((one) => [one.Name, (one.RuleActionOverrides ?? []).map(({ Name }) => Name)])),
    ).toEqual({
      AWSManagedRulesAmazonIpReputationList: [],
      AWSManagedRulesKnownBadInputsRuleSet: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
      AWSManagedRulesCommonRuleSet: [
        "NoUserAgent_HEADER",
        "SizeRestrictions_BODY",
        "EC2MetaDataSSRF_BODY",
        "GenericLFI_BODY",
        "GenericRFI_BODY",
        "CrossSiteScripting_BODY",
      ],
    });
  });
});

describe("the gateway behind it", () => {
  test("has a domain of its own, and answers at no other address", () => {
    const api = templateOf("Api");
    api.hasResourceProperties("AWS::ApiGatewayV2::Api", { DisableExecuteApiEndpoint: true });
    api.hasResourceProperties("AWS::ApiGatewayV2::DomainName", { DomainName: "gateway.foad.qazvin.example" });
    api.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 1);
  });

  test("each of its functions may read the keys, as the only thing beside what it may without an edge", () => {
    const statements = (template: Template) =>
      Object.entries(template.findResources("AWS::IAM::Policy")).map(([id, { Properties }]): [string, unknown[]] => [
        id,
        // Of the closed network, which no way leads out of to the keys.
        Properties.PolicyDocument.Statement.filter((one: unknown) => !JSON.stringify(one).includes('"ec2:')),
      ]);
    const was = new Map(statements(withoutEdge("qazvin", "Api")));
    const keys = expect.objectContaining({ Effect: "Allow", Action: "secretsmanager:GetSecretValue" });
    const now = statements(templateOf("Api"));
    expect(now).toHaveLength(apiFunctions.length);
    for (const [id, all] of now) {
      const ofTheEdge = all.filter((one) => JSON.stringify(one).includes("EdgeKeysSecret"));
      expect(ofTheEdge, id).toEqual([keys]);
      expect(all.length, id).toBe((was.get(id)?.length ?? 0) + 1);
    }
    templateOf("Api").resourcePropertiesCountIs(
      "AWS::Lambda::Function",
      { Environment: { Variables: { EDGE_SECRET: Match.anyValue() } } },
      apiFunctions.length,
    );
    expect(textOf("Processing")).not.toMatch(/EDGE_SECRET|EdgeKeys/);
    expect(textOf("Api")).not.toMatch(/VpcConfig|"ec2:/);
  });

  test("finds two keys in a secret that is copied to the edge's region", () => {
    templateOf("Data").hasResourceProperties("AWS::SecretsManager::Secret", {
      Name: "foad-qazvin-edge",
      GenerateSecretString: { SecretStringTemplate: "{}", GenerateStringKey: "a", PasswordLength: 64 },
      ReplicaRegions: [{ Region: edgeRegion }],
    });
  });
});

test("the budget tells whoever is mailed before a month costs too much", () => {
  const subscribers = [{ SubscriptionType: "EMAIL", Address: "operator@foad.example" }];
  templateOf("Budget").hasResourceProperties("AWS::Budgets::Budget", {
    Budget: { BudgetLimit: { Amount: 50, Unit: "USD" }, TimeUnit: "MONTHLY" },
    NotificationsWithSubscribers: [
      { Notification: { NotificationType: "ACTUAL", Threshold: 80 }, Subscribers: subscribers },
      { Notification: { NotificationType: "FORECASTED", Threshold: 100 }, Subscribers: subscribers },
    ],
  });
});

test.each(["qazvin", "alborz"])("nothing of it is in %s, which has none", (province) => {
  for (const part of ["Data", "Api", "Processing", "Operations"])
    expect(JSON.stringify(withoutEdge(province, part).toJSON())).not.toMatch(
      /EdgeKeys|EDGE_SECRET|us-east-1|DisableExecuteApiEndpoint/,
    );
});

const root = join(import.meta.dirname, "../..");

test("no source names a region but the settings, and the local cloud that pretends to be one", () => {
  const sources = globSync("{infra,functions,shared}/**/*.ts", { cwd: root });
  const region = /["'`](us|eu|ap|me|ca|sa|af|il|mx|cn)-[a-z]+-\d["'`]/;
  expect(sources.filter((file) => region.test(readFileSync(join(root, file), "utf8"))).sort()).toEqual([
    "infra/programs/local-cloud/machine/aws-account.ts",
    "infra/provinces/province-files.ts",
  ]);
});
