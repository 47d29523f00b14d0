import { Duration, SecretValue, Validations } from "aws-cdk-lib";
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
import { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import { edgeHeaders, edgeSecretName } from "#shared/runtime/edge-names.ts";
import { pageRoutes } from "../routes.ts";

type FrontProps = {
  provinceId: string;
  api: NonNullable<Province["api"]>;
  edge: NonNullable<Province["edge"]>;
  webAclArn: string;
};

/** CloudFront: keeps the public page for as long as that says of itself, and passes all else on, with a key. */
export class Front extends Construct {
  /** What the DNS of the edge's domain has to name. */
  readonly domainName: string;

  constructor(scope: Construct, id: string, { provinceId, api, edge, webAclArn }: FrontProps) {
    super(scope, id);
    const origin = gatewayBehind({ provinceId, api, edge });
    const ofThePage = this.ofThePage(origin);
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
    for (const { id, reason } of accepted) Validations.of(distribution).acknowledge({ id, reason });
  }

  private ofThePage(origin: IOrigin): BehaviorOptions {
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
function gatewayBehind({ provinceId, api, edge }: Pick<FrontProps, "provinceId" | "api" | "edge">): IOrigin {
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

const accepted = [
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
