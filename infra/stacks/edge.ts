import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import { Firewall } from "../constructs/firewall.ts";
import { Front } from "../constructs/front.ts";
import { edgeRegion } from "../settings.ts";

type EdgeProps = { provinceId: string; account: string | undefined; api: Api; edge: Edge };
type Api = NonNullable<Province["api"]>;
type Edge = NonNullable<Province["edge"]>;

/** What the stack of an edge is made of: one where the province has an edge, else none. */
export function edgeOf({ id, account, api, edge }: Province): EdgeProps[] {
  return api && edge ? [{ provinceId: id, account, api, edge }] : [];
}

/** CloudFront and WAF before the gateway, in their one region. It takes nothing from other stacks but names. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { provinceId, account, api, edge }: EdgeProps) {
    super(scope, id, { env: { account, region: edgeRegion } });
    const firewall = new Firewall(this, "Firewall");
    const front = new Front(this, "Front", { provinceId, api, edge, webAclArn: firewall.arn });
    new CfnOutput(this, "DomainName", { value: front.domainName });
    new CfnOutput(this, "Sends", { value: edge.sends });
  }
}
