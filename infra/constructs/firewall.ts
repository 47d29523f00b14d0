import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";

/** How many requests of five minutes one address may make. Whole neighbourhoods share one with their provider. */
const most = { onAnonymousRoutes: 3_000, onTokenRoutes: 30_000 };

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
      visibilityConfig: visibleAs("foad"),
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
const noPreflight: Statement = {
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
    visibilityConfig: visibleAs("token-missing"),
    statement: { andStatement: { statements: [toTokenRoute, withoutToken, noPreflight] } },
  },
  // By the route, since anybody can send some header or other.
  slowed("too-many-on-anonymous-routes", { limit: most.onAnonymousRoutes, among: toAnonymousRoute }),
  slowed("too-many-on-token-routes", { limit: most.onTokenRoutes, among: toTokenRoute }),
];

/** Refuses an address that asks for too much, with what functions answer in such a case. */
function slowed(name: string, { limit, among }: { limit: number; among: Statement }): Rule {
  return {
    name,
    action: {
      block: { customResponse: { responseCode: 429, responseHeaders: [{ name: "retry-after", value: "60" }] } },
    },
    visibilityConfig: visibleAs(name),
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
  visibilityConfig: visibleAs(name),
  statement: {
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
}));

/** Counted, and never sampled: a sample would show tokens, secrets and where a citizen calls from. */
function visibleAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
