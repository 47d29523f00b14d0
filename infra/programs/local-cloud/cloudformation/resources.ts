import { createHash } from "node:crypto";
import { arnOf } from "../machine/aws-account.ts";

/** A resource as its template declares it. References in its properties are already replaced by their values. */
export type DeclaredResource = {
  type: string;
  stack: string;
  logicalId: string;
  properties: unknown;
  /** Returns the folder or file of an asset by the object key in the template. */
  asset(objectKey: string): string;
};

/** The values of a resource that templates can use: its `Ref`, and its attributes (`Fn::GetAtt`). */
export type CreatedResource = { ref: string; attributes?: Record<string, string> };

export type CreateResource = (declared: DeclaredResource) => CreatedResource | Promise<CreatedResource>;

/** One AWS service on this machine. */
export type Service = {
  /** The functions that create its resources, by resource type. */
  creators: Record<string, CreateResource>;
  /** Environment variables with which a function's SDK client finds this service. */
  environment?: Record<string, string>;
  /** Called once the resources of all stacks have been created. */
  begin?(): void | Promise<void>;
  stop?(): void | Promise<void>;
};

/**
 * Returns a name for a resource that has none in its template. The name is the same at every start, so that stored state is
 * found again.
 */
export function physicalName({
  stack,
  logicalId,
  longest,
}: {
  stack: string;
  logicalId: string;
  longest: number;
}): string {
  const name = `${stack}-${logicalId}`;
  if (name.length <= longest) return name;
  const mark = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, longest - mark.length - 1)}-${mark}`;
}

/** Resource types that have no effect on one machine, such as logs and alarms. They get only a name. */
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

export const inert: Service = { creators: Object.fromEntries(inertTypes.map((type) => [type, named])) };

/** Creates a resource that is only a name. */
export function named({ type, stack, logicalId }: { type: string; stack: string; logicalId: string }): CreatedResource {
  const ref = `${stack}-${logicalId}`;
  const [, service = "aws", kind = "resource"] = type.toLowerCase().split("::");
  const Arn = arnOf({ service, resource: `${kind}/${ref}` });
  return {
    ref,
    attributes: { Arn, TopicArn: Arn, TopicName: ref, RoleId: ref, KeyId: ref, GroupId: ref, VpcId: ref, Id: ref },
  };
}
