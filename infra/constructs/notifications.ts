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

/** The address that the province mails from, and the configuration set by which bounces come back. */
export class MailSender extends Construct {
  private readonly sender: string;
  private readonly identity: IEmailIdentity;
  private readonly set: ConfigurationSet;

  constructor(scope: Construct, id: string, { sender, identity = "made" }: Province["mail"]) {
    super(scope, id);
    this.sender = sender;
    this.identity = domains[identity](this, domainOf(sender));
    this.set = new ConfigurationSet(this, "Set", {
      reputationMetrics: true,
      // SES itself then refuses addresses that bounced, should a bounce's event be lost.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
  }

  /** SES asks for a permission on the identity and on the configuration set; one without the other sends nothing. */
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
   * Permanent bounces end in a queue. The event from SES holds the address, so a rule passes on only the mark that the
   * mail was tagged with; a topic in its place would pass on all of it.
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
          RuleTargetInput.fromObject({ address: EventField.fromPath("$.detail.mail.tags.address[0]") }),
        ),
      ],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}

/**
 * The domain as SES knows it: made here, or there already, as one is that several provinces share. One that was made is
 * kept by a province that goes or takes it as there: others may mail from it, and its records stand in the DNS.
 */
const domains: Record<NonNullable<Province["mail"]["identity"]>, (scope: Construct, name: string) => IEmailIdentity> = {
  made(scope, name) {
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
  /** Where anybody calls the API, which the mails lead to. */
  publicUrl: string;
  complaints: ComplaintsTable;
  identities: IdentitiesTable;
  addressKey: SecretKey;
  bundleOf: (name: string) => string;
};

/** Tells people by mail what happened to a complaint, and learns which addresses no mail reaches. */
export class Notifier extends Construct {
  readonly sendNotification: ServiceFunction;
  readonly recordBounce: ServiceFunction;
  readonly notifications: ConsumedQueue;
  readonly bounces: ConsumedQueue;

  constructor(scope: Construct, id: string, { mail, publicUrl, ...props }: NotifierProps) {
    super(scope, id);
    const { complaints, identities, addressKey, bundleOf } = props;
    this.sendNotification = new ServiceFunction(this, "send-notification", {
      bundle: bundleOf("send-notification"),
      description: "Mails one recipient about one event",
    });
    this.recordBounce = new ServiceFunction(this, "note-bounce", {
      bundle: bundleOf("note-bounce"),
      description: "Notes an address that bounced, so that it is mailed no more",
    });
    this.notifications = new ConsumedQueue(this, "Notifications", { variable: "NOTIFICATION_QUEUE" });
    this.bounces = new ConsumedQueue(this, "Bounces", { variable: "BOUNCE_QUEUE" });
    // Three mails take two seconds each at worst. A new account may send 14 a second; mails refused for that are
    // retried.
    this.notifications.addConsumer(this.sendNotification, { batchSize: 3, maxConcurrency: 4 });
    this.bounces.addConsumer(this.recordBounce, { batchSize: 10, maxConcurrency: 2 });
    complaints.grantMailing(this.sendNotification);
    complaints.grantRecord(this.recordBounce, "bounced");
    identities.grantReadEmails(this.sendNotification);
    addressKey.grantRead(this.sendNotification);
    this.sendNotification.setEnvironment("PUBLIC_URL", publicUrl);
    const sender = new MailSender(this, "Mail", mail);
    sender.grantSend(this.sendNotification);
    sender.sendBouncesTo(this.bounces);
  }
}
