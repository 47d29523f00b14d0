import { Aws, Validations } from "aws-cdk-lib";
import {
  GatewayVpcEndpointAwsService,
  type ISecurityGroup,
  type IVpc,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { AnyPrincipal, Effect, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { acceptWildcard } from "./accepted-findings.ts";

/** Actions that the Lambda service itself needs to attach a function to a network. IAM accepts no resources for them. */
const networkInterfaceActions = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** A part of the network that leads to one AWS service, with the settings that a function needs to run in it. */
export type NetworkSegment = {
  network: { vpc: IVpc; vpcSubnets: SubnetSelection; securityGroups: ISecurityGroup[] };
  /** Lets requests out to the service. They must come from this account, and meet the IAM condition `by` if it is given. */
  allowOutbound(statement: {
    actions: string[];
    resources: string[];
    by?: Record<string, Record<string, string>>;
  }): void;
};

/**
 * A network without internet access. One segment leads only to S3, the other only to DynamoDB, and in both only to resources
 * that `allowOutbound` names. DNS still works: an attacker who has taken over a function could send out a little data slowly
 * by name queries (SECURITY.md). The network costs nothing. By default an account may have five networks in a region.
 */
export class IsolatedNetwork extends Construct {
  readonly filesSegment: NetworkSegment;
  readonly tablesSegment: NetworkSegment;
  private readonly vpc: Vpc;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, "Vpc", {
      maxAzs: 2,
      natGateways: 0,
      createInternetGateway: false,
      subnetConfiguration: ["ToS3", "ToDynamoDB"].map((name) => ({ name, subnetType: SubnetType.PRIVATE_ISOLATED })),
      // To empty the default security group, CDK would add a function that may change every security group.
      restrictDefaultSecurityGroup: false,
    });
    this.filesSegment = this.createSegment("ToS3", GatewayVpcEndpointAwsService.S3);
    this.tablesSegment = this.createSegment("ToDynamoDB", GatewayVpcEndpointAwsService.DYNAMODB);
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-VPC7",
      reason: "Nothing in the network reaches anything but one bucket or two tables, so its flows tell nothing.",
    });
  }

  private createSegment(name: string, service: GatewayVpcEndpointAwsService): NetworkSegment {
    const { vpc } = this;
    const vpcSubnets = { subnetGroupName: name };
    const endpoint = vpc.addGatewayEndpoint(name, { service, subnets: [vpcSubnets] });
    const group = new SecurityGroup(this, `${name}Group`, { vpc, allowAllOutbound: false });
    group.connections.allowToAnyIpv4(Port.HTTPS, "To one service of AWS, which is all that the subnets lead to");
    return {
      network: { vpc, vpcSubnets, securityGroups: [group] },
      allowOutbound({ actions, resources, by = {} }) {
        // The policy of a gateway endpoint can name callers only in a condition.
        const conditions = { StringEquals: { "aws:PrincipalAccount": Aws.ACCOUNT_ID }, ...by };
        const principals = [new AnyPrincipal()];
        endpoint.addToPolicy(new PolicyStatement({ actions, resources, principals, conditions }));
      },
    };
  }
}

/**
 * Lets the Lambda service attach functions with this role to a network. Code in these functions may not use the permission.
 */
export function grantNetworkInterfaces(role: Role): void {
  acceptWildcard(role, { resource: "*", reason: "Interfaces of a network, which AWS names only later." });
  const fromFunctionCode = { Null: { "lambda:SourceFunctionArn": "false" } };
  role.addToPolicy(new PolicyStatement({ actions: networkInterfaceActions, resources: ["*"] }));
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: networkInterfaceActions,
      resources: ["*"],
      conditions: fromFunctionCode,
    }),
  );
}
