import { Aws, Duration, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import { sandboxQueue } from "#shared/province/clients.ts";
import type { Province } from "#shared/province/schema.ts";
import { agencyQueueName } from "#shared/runtime/keys.ts";
import type { SecretKey } from "./secrets.ts";
import { HourSchedule, ServiceFunction } from "./service-function.ts";

type CanaryProps = { province: Province; canarySecret: SecretKey; bundle: string };

/** Files a sandbox complaint every hour and handles it until it is closed. It uses only the public API, never a table. */
export class Canary extends Construct {
  readonly sendCanary: ServiceFunction;

  constructor(scope: Construct, id: string, { province, canarySecret, bundle }: CanaryProps) {
    super(scope, id);
    const description = "Takes a complaint of the sandbox the whole way through the public address";
    const fn = new ServiceFunction(this, "run-canary", { bundle, description, timeout: Duration.minutes(1) });
    this.sendCanary = fn;
    canarySecret.grantRead(fn);
    fn.setEnvironment("PUBLIC_URL", province.publicUrl);
    fn.setEnvironment("TOKEN_ISSUER", province.tokens.issuer);
    const queue = agencyQueueName({ provinceId: province.id, agencyId: sandboxQueue.id });
    const [region, account] = [Aws.REGION, Aws.ACCOUNT_ID];
    fn.grant({
      name: "SANDBOX_QUEUE",
      value: `https://sqs.${region}.${Aws.URL_SUFFIX}/${account}/${queue}`,
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
      resources: [Stack.of(fn).formatArn({ service: "sqs", region, account, resource: queue })],
    });
    new HourSchedule(this, "EveryHour", { fn, description: "The canary, every hour" });
  }
}
