import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { ComplaintsTable } from "./complaints-table.ts";
import type { IdentitiesTable } from "./identities-table.ts";
import { FullHourSchedule, ServiceFunction } from "./service-function.ts";

/**
 * The keys of the providers of messages (SMS), one secret with a field for each kind. The key of a webhook is generated; an
 * operator writes those of the others. Functions read it when they run, so a new key needs no deployment.
 */
export class SmsKeys extends Construct {
  private readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, "Secret", {
      description: "Keys of the providers of SMS, by kind; the operator writes those that providers gave",
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ kavenegar: "", "sms-ir": "" }),
        generateStringKey: "webhook",
        passwordLength: 64,
        excludePunctuation: true,
      },
      // An operator would have to fetch the keys from the providers again.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-SMG4",
      reason: "The keys are the providers' to rotate; the operator writes the new ones here.",
    });
  }

  grantRead(fn: ServiceFunction): void {
    const { secretArn } = this.secret;
    const actions = ["secretsmanager:GetSecretValue"];
    fn.grant({ name: "SMS_SECRET", value: secretArn, actions, resources: [secretArn] });
  }
}

type SmsSenderProps = {
  complaints: ComplaintsTable;
  identities: IdentitiesTable;
  smsKeys: SmsKeys;
  bundleOf: (name: string) => string;
};

/** Sends messages (SMS) to citizens. It alone reads the phones that get messages, and nothing else of an identity. */
export class SmsSender extends Construct {
  readonly sendSms: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, identities, smsKeys, bundleOf }: SmsSenderProps) {
    super(scope, id);
    this.sendSms = new ServiceFunction(this, "send-sms", {
      bundle: bundleOf("send-sms"),
      description: "Sends citizens who want it a message that there is news, at three hours of the day",
      // It mostly waits for providers.
      memorySize: 256,
      // Longer than the default, since it writes no events. A day's messages take minutes.
      timeout: Duration.minutes(10),
    });
    complaints.grantMessaging(this.sendSms);
    identities.grantReadSmsPhones(this.sendSms);
    smsKeys.grantRead(this.sendSms);
    new FullHourSchedule(this, "EveryHour", {
      fn: this.sendSms,
      description: "Messages to citizens, every hour on the hour of Tehran",
      timeZone: "Asia/Tehran",
    });
  }
}
