import { Aws, Duration, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import { sandboxQueue } from "#shared/province/sandbox.ts";
import { agencyQueueName } from "#shared/runtime/keys.ts";
import { HourSchedule } from "./hour-schedule.ts";
import type { SecretKey } from "./secret-key.ts";
import { ServiceFunction } from "./service-function.ts";

type CanaryProps = { province: Province; canarySecret: SecretKey; bundle: string };

/** Takes a complaint of the sandbox the whole way, every hour. A client like any other: it may use no table. */
export class Canary extends Construct {
  readonly sendCanary: ServiceFunction;

  constructor(scope: Construct, id: string, { province, canarySecret, bundle }: CanaryProps) {
    super(scope, id);
    const description = "Takes a complaint of the sandbox the whole way through the public address";
    const fn = new ServiceFunction(this, "send-canary", { bundle, description, timeout: Duration.minutes(1) });
    this.sendCanary = fn;
    canarySecret.readBy(fn);
    fn.tell("PUBLIC_URL", province.publicUrl);
    fn.tell("TOKEN_ISSUER", province.tokens.issuer);
    const queue = agencyQueueName({ provinceId: province.id, agencyId: sandboxQueue.id });
    const [region, account] = [Aws.REGION, Aws.ACCOUNT_ID];
    fn.lend({
      name: "SANDBOX_QUEUE",
      value: `https://sqs.${region}.${Aws.URL_SUFFIX}/${account}/${queue}`,
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
      resources: [Stack.of(fn).formatArn({ service: "sqs", region, account, resource: queue })],
    });
    new HourSchedule(this, "EveryHour", { runs: fn, description: "The canary, every hour" });
  }
}
