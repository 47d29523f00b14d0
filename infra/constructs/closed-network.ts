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

/** What Lambda itself does with the function's role to put it into a network. AWS takes no resources for these. */
const networkInterfaceActions = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** A part of the network, as a function takes it. */
export type NetworkSegment = {
  network: { vpc: IVpc; vpcSubnets: SubnetSelection; securityGroups: ISecurityGroup[] };
  /** Lets requests of this account out to the service, or of those alone who meet the condition `by`. */
  allowOutbound(statement: {
    actions: string[];
    resources: string[];
    by?: Record<string, Record<string, string>>;
  }): void;
};

/**
 * A network without a way out. One part of it leads to S3 alone, the other to DynamoDB alone, and there only to what is
 * named. Its resolver still answers names, by which whoever takes over a function in it could tell a little, slowly
 * (SECURITY.md). It costs nothing; an account may have five networks in a region, unless AWS is asked for more.
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
      // CDK's way to empty the default group is a function that may change every group.
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
        // A gateway endpoint's policy can name who asks by a condition alone.
        const conditions = { StringEquals: { "aws:PrincipalAccount": Aws.ACCOUNT_ID }, ...by };
        const principals = [new AnyPrincipal()];
        endpoint.addToPolicy(new PolicyStatement({ actions, resources, principals, conditions }));
      },
    };
  }
}

/** Lambda may put functions of this role into a network; what runs in them may not use that right. */
export function grantNetworkInterfaces(role: Role): void {
  acceptWildcard(role, { resource: "*", reason: "Interfaces of a network, which AWS names only later." });
  const fromAFunction = { Null: { "lambda:SourceFunctionArn": "false" } };
  role.addToPolicy(new PolicyStatement({ actions: networkInterfaceActions, resources: ["*"] }));
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: networkInterfaceActions,
      resources: ["*"],
      conditions: fromAFunction,
    }),
  );
}
