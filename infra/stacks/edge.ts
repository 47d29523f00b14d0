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
import { pageRoutes } from "../constructs/routes.ts";
import { edgeRegion } from "../provinces/province-files.ts";

/** Requests that one IP address may make in five minutes. In Iran many customers of a provider share one address. */
const requestLimits = { onAnonymousRoutes: 3_000, onTokenRoutes: 30_000 };

/** A regular expression for paths that need a token. `test/infra/edge.test.ts` compares it with infra/constructs/routes.ts. */
export const tokenRoutes = "^/v1/((admin|agency|front-end|inspector|overseer|reviewer)/.*|complaints|me)$";

type Statement = CfnWebACL.StatementProperty;

/** The web ACL of the edge. No rule blocks a request for what stands in its body, so a citizen's text is never mistaken for an attack. */
class Firewall extends Construct {
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
/** A CORS preflight request has no token. */
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
    // The same status that the gateway would answer.
    action: { block: { customResponse: { responseCode: 401 } } },
    visibilityConfig: visibilityConfig("token-missing"),
    statement: { andStatement: { statements: [toTokenRoute, withoutToken, isNotPreflight] } },
  },
  // The limits depend on the route, not on the presence of a token: anybody can send an invalid token.
  rateLimitRule("too-many-on-anonymous-routes", { limit: requestLimits.onAnonymousRoutes, among: toAnonymousRoute }),
  rateLimitRule("too-many-on-token-routes", { limit: requestLimits.onTokenRoutes, among: toTokenRoute }),
];

/** A rule that blocks an IP address above the limit, with the same status and header as our functions. */
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
 * Rule groups that AWS maintains. The listed rules of a group only count requests and block none: rules that read request
 * bodies, and a rule that blocks programs without a `User-Agent`.
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

/** WAF counts requests but keeps no samples: a sample contains tokens, secrets and the citizen's IP address. */
function visibilityConfig(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

type EdgeDistributionProps = {
  provinceId: string;
  api: NonNullable<Province["api"]>;
  edge: NonNullable<Province["edge"]>;
  webAclArn: string;
};

/**
 * The CloudFront distribution. It caches the public page as long as the page's headers allow. It forwards all other requests
 * to the gateway. To every request it adds the edge's key.
 */
class EdgeDistribution extends Construct {
  /** The name that the DNS record of the edge's domain must point to. */
  readonly domainName: string;

  constructor(scope: Construct, id: string, { provinceId, api, edge, webAclArn }: EdgeDistributionProps) {
    super(scope, id);
    const origin = gatewayOrigin({ provinceId, api, edge });
    const pageBehavior = this.createPageBehavior(origin);
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
      errorResponses: uncachedErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      additionalBehaviors: Object.fromEntries(pagePatterns().map((pattern) => [pattern, pageBehavior])),
    });
    this.domainName = distribution.distributionDomainName;
    for (const { id, reason } of acceptedFindings) Validations.of(distribution).acknowledge({ id, reason });
  }

  private createPageBehavior(origin: IOrigin): BehaviorOptions {
    // The cache key is only the path, without query and headers, so nobody can fill the cache with copies of one page.
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

/**
 * The gateway's own domain as origin. CloudFront adds the edge's key, which functions check, and the host that was called.
 */
function gatewayOrigin({ provinceId, api, edge }: Pick<EdgeDistributionProps, "provinceId" | "api" | "edge">): IOrigin {
  // CloudFormation reads the key at deployment, from the secret's replica in this region. It reads it again only when the
  // template changes, which happens when `edge.sends` names the other key.
  const key = SecretValue.secretsManager(edgeSecretName(provinceId), { jsonField: edge.activeKey });
  return new HttpOrigin(api.domain, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    customHeaders: { [edgeHeaders.key]: key.unsafeUnwrap(), [edgeHeaders.host]: edge.domain },
  });
}

/** The paths of the public page as patterns of CloudFront. */
function pagePatterns(): string[] {
  return Object.keys(pageRoutes).map((routeKey) => routeKey.replace("GET ", "").replaceAll(/\{\w+\+?\}/g, "*"));
}

/**
 * By default CloudFront caches these error statuses for ten seconds, by path only and regardless of the response headers.
 * One caller could then get another caller's answer, for example that a complaint is not found.
 */
const uncachedErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

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

type EdgeProps = {
  provinceId: string;
  account: string | undefined;
  api: NonNullable<Province["api"]>;
  edge: NonNullable<Province["edge"]>;
};

/** Returns the props of the edge stack; an empty list if the province has no edge. */
export function edgeProps({ id, account, api, edge }: Province): EdgeProps[] {
  return api && edge ? [{ provinceId: id, account, api, edge }] : [];
}

/**
 * CloudFront and WAF in front of the gateway, in the only region that WAF for CloudFront allows. It refers to other stacks
 * only by names.
 */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { provinceId, account, api, edge }: EdgeProps) {
    super(scope, id, { env: { account, region: edgeRegion } });
    const firewall = new Firewall(this, "Firewall");
    const distribution = new EdgeDistribution(this, "Front", { provinceId, api, edge, webAclArn: firewall.arn });
    new CfnOutput(this, "DomainName", { value: distribution.domainName });
    new CfnOutput(this, "ActiveKey", { value: edge.activeKey });
  }
}
