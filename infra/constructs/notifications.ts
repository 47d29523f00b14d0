import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { EventBus, EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  type IEmailIdentity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import { acceptRuleWithoutDeadLetters } from "./accepted-findings.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import type { IdentitiesTable } from "./identities-table.ts";
import { ConsumedQueue } from "./queues.ts";
import type { SecretKey } from "./secrets.ts";
import { ServiceFunction } from "./service-function.ts";
import type { SmsKeys } from "./sms.ts";

/** The address from which the province sends mail, and the SES configuration set that reports bounces. */
export class MailSender extends Construct {
  private readonly sender: string;
  private readonly identity: IEmailIdentity;
  private readonly set: ConfigurationSet;

  constructor(scope: Construct, id: string, { sender, senderIdentity = "create" }: Province["mail"]) {
    super(scope, id);
    this.sender = sender;
    this.identity = domains[senderIdentity](this, domainOf(sender));
    this.set = new ConfigurationSet(this, "Set", {
      reputationMetrics: true,
      // If a bounce event is lost, SES itself still refuses the address.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
  }

  /** SES requires permission on both the identity and the configuration set. */
  grantSend(fn: ServiceFunction): void {
    const { sender } = this;
    const conditions = { StringEquals: { "ses:FromAddress": sender } };
    const resource = `configuration-set/${this.set.configurationSetName}`;
    const setArn = Stack.of(this).formatArn({ service: "ses", resource });
    const sending = { actions: ["ses:SendRawEmail"], conditions };
    fn.grant({ name: "MAIL_SENDER", value: sender, resources: [this.identity.emailIdentityArn], ...sending });
    fn.grant({
      name: "MAIL_CONFIGURATION_SET",
      value: this.set.configurationSetName,
      resources: [setArn],
      ...sending,
    });
  }

  /**
   * Sends permanent bounces to a queue. The SES event contains the e-mail address. The rule forwards only the tag `address`
   * of the mail, which holds a keyed hash; an SNS topic would forward the whole event.
   */
  sendBouncesTo(bounces: ConsumedQueue): void {
    const bus = EventBus.fromEventBusName(this, "Bus", "default");
    this.set.addEventDestination("Bounces", {
      destination: EventDestination.eventBus(bus),
      events: [EmailSendingEvent.BOUNCE],
    });
    new Rule(this, "PermanentBounces", {
      description: "Addresses that no mail will reach",
      eventPattern: {
        source: ["aws.ses"],
        detailType: ["Email Bounced"],
        detail: {
          bounce: { bounceType: ["Permanent"] },
          mail: { tags: { "ses:configuration-set": [this.set.configurationSetName] } },
        },
      },
      targets: [
        bounces.asRuleTarget(
          RuleTargetInput.fromObject({ addressDigest: EventField.fromPath("$.detail.mail.tags.addressDigest[0]") }),
        ),
      ],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}

/**
 * How the stack gets the SES identity of the mail domain. `create`: the stack creates it. `existing`: it exists already, for
 * example because several provinces share the domain. A created identity stays when the province is removed or changes to
 * `existing`: other provinces may use it, and its DNS records exist.
 */
const domains: Record<
  NonNullable<Province["mail"]["senderIdentity"]>,
  (scope: Construct, name: string) => IEmailIdentity
> = {
  create(scope, name) {
    const domain = new EmailIdentity(scope, "Identity", { identity: Identity.domain(name) });
    domain.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return domain;
  },
  existing: (scope, name) => EmailIdentity.fromEmailIdentityName(scope, "Identity", name),
};

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

type NotifierProps = {
  mail: Province["mail"];
  /** The public address of the API; mails contain links to it. */
  publicUrl: string;
  complaints: ComplaintsTable;
  identities: IdentitiesTable;
  addressKey: SecretKey;
  /** Undefined in a province that sends no messages (SMS). */
  smsKeys: SmsKeys | undefined;
  bundleOf: (name: string) => string;
};

/** Sends mails about events of complaints, and records addresses that bounce. */
export class Notifier extends Construct {
  readonly sendNotification: ServiceFunction;
  readonly recordBounce: ServiceFunction;
  readonly notifications: ConsumedQueue;
  readonly bounces: ConsumedQueue;

  constructor(scope: Construct, id: string, { mail, publicUrl, ...props }: NotifierProps) {
    super(scope, id);
    const { complaints, identities, addressKey, smsKeys, bundleOf } = props;
    this.sendNotification = new ServiceFunction(this, "send-notification", {
      bundle: bundleOf("send-notification"),
      description: "Mails one recipient about one event",
    });
    this.recordBounce = new ServiceFunction(this, "record-bounce", {
      bundle: bundleOf("record-bounce"),
      description: "Notes an address that bounced, so that it is mailed no more",
    });
    this.notifications = new ConsumedQueue(this, "Notifications", { variable: "NOTIFICATION_QUEUE" });
    this.bounces = new ConsumedQueue(this, "Bounces", { variable: "BOUNCE_QUEUE" });
    // Three mails take at most two seconds each. A new SES account may send 14 mails a second; above that SES refuses them
    // and they are retried.
    this.notifications.addConsumer(this.sendNotification, { batchSize: 3, maxConcurrency: 4 });
    this.bounces.addConsumer(this.recordBounce, { batchSize: 10, maxConcurrency: 2 });
    complaints.grantMailing(this.sendNotification);
    complaints.grantRecord(this.recordBounce, "bounced");
    identities.grantReadEmails(this.sendNotification);
    addressKey.grantRead(this.sendNotification);
    // Officials who have a phone in the province file get a message of late complaints beside the mail.
    smsKeys?.grantRead(this.sendNotification);
    this.sendNotification.setEnvironment("PUBLIC_URL", publicUrl);
    const sender = new MailSender(this, "Mail", mail);
    sender.grantSend(this.sendNotification);
    sender.sendBouncesTo(this.bounces);
  }
}
