import { Validations } from "aws-cdk-lib";
import {
  GatewayVpcEndpointAwsService,
  type ISecurityGroup,
  type IVpc,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { AnyPrincipal, Effect, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acceptWildcard } from "./accepted-findings.ts";

/** What Lambda itself does with the function's role to put it into a network. AWS takes no resources for these. */
const toEnter = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/**
 * A network without a way out but to one bucket. Its resolver still answers names, by which whoever takes over a function
 * in it could tell a little, slowly (SECURITY.md). It costs nothing; an account may have five networks in a region, unless
 * AWS is asked for more.
 */
export class ClosedNetwork extends Construct {
  readonly vpc: IVpc;
  readonly securityGroups: ISecurityGroup[];

  constructor(scope: Construct, id: string, { bucket }: { bucket: IBucket }) {
    super(scope, id);
    const vpc = new Vpc(this, "Vpc", {
      maxAzs: 2,
      natGateways: 0,
      createInternetGateway: false,
      subnetConfiguration: [{ name: "Closed", subnetType: SubnetType.PRIVATE_ISOLATED }],
      // CDK's way to empty the default group is a function that may change every group.
      restrictDefaultSecurityGroup: false,
    });
    const toS3 = vpc.addGatewayEndpoint("ToS3", { service: GatewayVpcEndpointAwsService.S3 });
    toS3.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ["s3:GetObject", "s3:PutObject"],
        resources: [bucket.arnForObjects("*")],
      }),
    );
    const group = new SecurityGroup(this, "Group", { vpc, allowAllOutbound: false });
    group.connections.allowToAnyIpv4(Port.HTTPS, "To S3, which is all that the network leads to");
    this.vpc = vpc;
    this.securityGroups = [group];
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-VPC7",
      reason: "Nothing in the network reaches anything but one bucket, so its flows tell nothing.",
    });
  }

  /** Lambda may put functions of this role into the network; what runs in them may not use that right. */
  enteredBy(role: Role): void {
    acceptWildcard(role, { resource: "*", reason: "Interfaces of a network, which AWS names only later." });
    const fromAFunction = { Null: { "lambda:SourceFunctionArn": "false" } };
    role.addToPolicy(new PolicyStatement({ actions: toEnter, resources: ["*"] }));
    role.addToPolicy(
      new PolicyStatement({ effect: Effect.DENY, actions: toEnter, resources: ["*"], conditions: fromAFunction }),
    );
  }
}
