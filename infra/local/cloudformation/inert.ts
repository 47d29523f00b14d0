import { arnOf } from "../machine/aws-account.ts";
import type { Made, Service } from "./local-service.ts";

/**
 * Resources that have no effect on one machine, such as logs and
 * alarms: they get a name and nothing more.
 */
const inertTypes = [
  "AWS::CDK::Metadata",
  "AWS::ApiGatewayV2::ApiGatewayManagedOverrides",
  "AWS::Budgets::Budget",
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::EC2::RouteTable",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::Subnet",
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::VPC",
  "AWS::EC2::VPCEndpoint",
  "AWS::Events::EventBus",
  "AWS::KMS::Alias",
  "AWS::Lambda::Alias",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::Version",
  "AWS::Logs::LogGroup",
  "AWS::Logs::MetricFilter",
  "AWS::Logs::QueryDefinition",
  "AWS::Logs::ResourcePolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
];

export const inert: Service = { makes: Object.fromEntries(inertTypes.map((type) => [type, named])) };

/** A resource that is only a name. */
export function named({ type, stack, logicalId }: { type: string; stack: string; logicalId: string }): Made {
  const ref = `${stack}-${logicalId}`;
  const [, service = "aws", kind = "resource"] = type.toLowerCase().split("::");
  const Arn = arnOf({ service, resource: `${kind}/${ref}` });
  return {
    ref,
    attributes: { Arn, TopicArn: Arn, TopicName: ref, RoleId: ref, KeyId: ref, GroupId: ref, VpcId: ref, Id: ref },
  };
}
