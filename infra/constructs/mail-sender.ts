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
import type { Province } from "#shared/province/province.ts";
import { acceptRuleWithoutDeadLetters } from "./accepted-findings.ts";
import type { ConsumedQueue } from "./consumed-queue.ts";
import type { ServiceFunction } from "./service-function.ts";

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
  usedBy(fn: ServiceFunction): void {
    const { sender } = this;
    const conditions = { StringEquals: { "ses:FromAddress": sender } };
    const resource = `configuration-set/${this.set.configurationSetName}`;
    const setArn = Stack.of(this).formatArn({ service: "ses", resource });
    const sending = { actions: ["ses:SendRawEmail"], conditions };
    fn.lend({ name: "MAIL_SENDER", value: sender, resources: [this.identity.emailIdentityArn], ...sending });
    fn.lend({
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
  bouncesInto(bounces: ConsumedQueue): void {
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
        bounces.filledByRule(
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
