import { CfnOutput, Duration, SecretValue, Stack, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HttpVersion,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import { edgeHeaders, edgeSecretName } from "#shared/runtime/environment.ts";
import { edgeRegion } from "../province-files.ts";
import { pageRoutes } from "../routes.ts";

/** How many requests of five minutes one address may make. Whole neighbourhoods share one with their provider. */
const requestLimits = { onAnonymousRoutes: 3_000, onTokenRoutes: 30_000 };

/** The routes that ask for a token; `test/infra/edge.test.ts` holds it to the routes. */
export const tokenRoutes = "^/v1/((admin|agency|front-end|inspector|overseer)/.*|complaints)$";

type Statement = CfnWebACL.StatementProperty;

/** What the edge refuses by itself. No rule looks into a body: a citizen's words are never taken for an attack. */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const acl = new CfnWebACL(this, "Acl", {
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: visibilityConfig("foad"),
      rules: [...ownRules, ...managedRules].map((rule, priority) => ({ ...rule, priority })),
    });
    this.arn = acl.attrArn;
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, "priority">;

const noTransformation = [{ priority: 0, type: "NONE" }];
const withToken: Statement = {
  sizeConstraintStatement: {
    fieldToMatch: { singleHeader: { Name: "authorization" } },
    comparisonOperator: "GT",
    size: 0,
    textTransformations: noTransformation,
  },
};
const withoutToken: Statement = { notStatement: { statement: withToken } };
const toTokenRoute: Statement = {
  regexMatchStatement: {
    fieldToMatch: { uriPath: {} },
    regexString: tokenRoutes,
    textTransformations: noTransformation,
  },
};
const toAnonymousRoute: Statement = { notStatement: { statement: toTokenRoute } };
/** A browser asks without a token whether it may send one. */
const isNotPreflight: Statement = {
  notStatement: {
    statement: {
      byteMatchStatement: {
        fieldToMatch: { method: {} },
        positionalConstraint: "EXACTLY",
        searchString: "OPTIONS",
        textTransformations: noTransformation,
      },
    },
  },
};

const ownRules: Rule[] = [
  {
    name: "token-missing",
    // As the gateway would answer, with its status.
    action: { block: { customResponse: { responseCode: 401 } } },
    visibilityConfig: visibilityConfig("token-missing"),
    statement: { andStatement: { statements: [toTokenRoute, withoutToken, isNotPreflight] } },
  },
  // By the route, since anybody can send some header or other.
  rateLimitRule("too-many-on-anonymous-routes", { limit: requestLimits.onAnonymousRoutes, among: toAnonymousRoute }),
  rateLimitRule("too-many-on-token-routes", { limit: requestLimits.onTokenRoutes, among: toTokenRoute }),
];

/** Refuses an address that asks for too much, with what functions answer in such a case. */
function rateLimitRule(name: string, { limit, among }: { limit: number; among: Statement }): Rule {
  return {
    name,
    action: {
      block: { customResponse: { responseCode: 429, responseHeaders: [{ name: "retry-after", value: "60" }] } },
    },
    visibilityConfig: visibilityConfig(name),
    statement: {
      rateBasedStatement: { limit, aggregateKeyType: "IP", evaluationWindowSec: 300, scopeDownStatement: among },
    },
  };
}

/**
 * Groups that AWS keeps, each with the rules of it that are counted alone: those that look into bodies, and one that
 * refuses programs that do not say what they are.
 */
const groups: [name: string, counted: string[]][] = [
  ["AWSManagedRulesAmazonIpReputationList", []],
  ["AWSManagedRulesKnownBadInputsRuleSet", ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"]],
  [
    "AWSManagedRulesCommonRuleSet",
    [
      "NoUserAgent_HEADER",
      "SizeRestrictions_BODY",
      "EC2MetaDataSSRF_BODY",
      "GenericLFI_BODY",
      "GenericRFI_BODY",
      "CrossSiteScripting_BODY",
    ],
  ],
];

const managedRules: Rule[] = groups.map(([name, counted]) => ({
  name,
  overrideAction: { none: {} },
  visibilityConfig: visibilityConfig(name),
  statement: {
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
}));

/** Counted, and never sampled: a sample would show tokens, secrets and where a citizen calls from. */
function visibilityConfig(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

type FrontProps = {
  provinceId: string;
  api: NonNullable<Province["api"]>;
  edge: NonNullable<Province["edge"]>;
  webAclArn: string;
};

/** CloudFront: keeps the public page for as long as that says of itself, and passes all else on, with a key. */
export class EdgeDistribution extends Construct {
  /** What the DNS of the edge's domain has to name. */
  readonly domainName: string;

  constructor(scope: Construct, id: string, { provinceId, api, edge, webAclArn }: FrontProps) {
    super(scope, id);
    const origin = gatewayOrigin({ provinceId, api, edge });
    const ofThePage = this.pageBehavior(origin);
    const distribution = new Distribution(this, "Distribution", {
      comment: `foad-${provinceId}`,
      domainNames: [edge.domain],
      certificate: Certificate.fromCertificateArn(this, "Certificate", edge.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: webAclArn,
      defaultBehavior: {
        origin,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        compress: true,
      },
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      additionalBehaviors: Object.fromEntries(pagePatterns().map((pattern) => [pattern, ofThePage])),
    });
    this.domainName = distribution.distributionDomainName;
    for (const { id, reason } of acceptedFindings) Validations.of(distribution).acknowledge({ id, reason });
  }

  private pageBehavior(origin: IOrigin): BehaviorOptions {
    // By the path alone, whatever is asked behind it or sent along: nobody fills the cache with copies of one page.
    const cachePolicy = new CachePolicy(this, "Page", {
      comment: "As long as the page says of itself",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
    return {
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy,
      compress: true,
    };
  }
}

/** The gateway by its own domain, with the key that functions ask for and the host that was called. */
function gatewayOrigin({ provinceId, api, edge }: Pick<FrontProps, "provinceId" | "api" | "edge">): IOrigin {
  // Read when the stack is deployed, from the secret's copy in this region. Naming the other key is a change of the
  // template, without which CloudFormation would not read it again.
  const key = SecretValue.secretsManager(edgeSecretName(provinceId), { jsonField: edge.sends });
  return new HttpOrigin(api.domain, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    customHeaders: { [edgeHeaders.key]: key.unsafeUnwrap(), [edgeHeaders.host]: edge.domain },
  });
}

/** The addresses of the public page as CloudFront writes them. */
function pagePatterns(): string[] {
  return Object.keys(pageRoutes).map((routeKey) => routeKey.replace("GET ", "").replaceAll(/\{\w+\}/g, "*"));
}

/**
 * What CloudFront else keeps for ten seconds, by the path alone and whatever the answer says of itself: one caller would be
 * told that another's complaint is not found.
 */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

const acceptedFindings = [
  {
    id: "AwsSolutions::AwsSolutions-CFR1",
    reason: "Citizens are helped wherever they are, and front ends may run in any country.",
  },
  {
    id: "AwsSolutions::AwsSolutions-CFR3",
    reason:
      "Its lines have the address a citizen calls from beside a complaint's id; the gateway logs each request without.",
  },
];

type EdgeProps = { provinceId: string; account: string | undefined; api: Api; edge: Edge };
type Api = NonNullable<Province["api"]>;
type Edge = NonNullable<Province["edge"]>;

/** What the stack of an edge is made of: one where the province has an edge, else none. */
export function edgeProps({ id, account, api, edge }: Province): EdgeProps[] {
  return api && edge ? [{ provinceId: id, account, api, edge }] : [];
}

/** CloudFront and WAF before the gateway, in their one region. It takes nothing from other stacks but names. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { provinceId, account, api, edge }: EdgeProps) {
    super(scope, id, { env: { account, region: edgeRegion } });
    const firewall = new Firewall(this, "Firewall");
    const front = new EdgeDistribution(this, "Front", { provinceId, api, edge, webAclArn: firewall.arn });
    new CfnOutput(this, "DomainName", { value: front.domainName });
    new CfnOutput(this, "Sends", { value: edge.sends });
  }
}
