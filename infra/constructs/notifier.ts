import { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ConsumedQueue } from "./consumed-queue.ts";
import type { IdentitiesTable } from "./identities-table.ts";
import { MailSender } from "./mail-sender.ts";
import type { SecretKey } from "./secret-key.ts";
import { ServiceFunction } from "./service-function.ts";

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
  readonly noteBounce: ServiceFunction;
  readonly notifications: ConsumedQueue;
  readonly bounces: ConsumedQueue;

  constructor(scope: Construct, id: string, { mail, publicUrl, ...props }: NotifierProps) {
    super(scope, id);
    const { complaints, identities, addressKey, bundleOf } = props;
    this.sendNotification = new ServiceFunction(this, "send-notification", {
      bundle: bundleOf("send-notification"),
      description: "Mails one recipient about one event",
    });
    this.noteBounce = new ServiceFunction(this, "note-bounce", {
      bundle: bundleOf("note-bounce"),
      description: "Notes an address that bounced, so that it is mailed no more",
    });
    this.notifications = new ConsumedQueue(this, "Notifications", { variable: "NOTIFICATION_QUEUE" });
    this.bounces = new ConsumedQueue(this, "Bounces", { variable: "BOUNCE_QUEUE" });
    // Three mails take two seconds each at worst. A new account may send 14 a second; mails refused for that are
    // retried.
    this.notifications.consumedBy(this.sendNotification, { batchSize: 3, maxConcurrency: 4 });
    this.bounces.consumedBy(this.noteBounce, { batchSize: 10, maxConcurrency: 2 });
    complaints.mailedBy(this.sendNotification);
    complaints.notedBy(this.noteBounce, "bounced");
    identities.emailsReadBy(this.sendNotification);
    addressKey.readBy(this.sendNotification);
    this.sendNotification.tell("PUBLIC_URL", publicUrl);
    const sender = new MailSender(this, "Mail", mail);
    sender.usedBy(this.sendNotification);
    sender.bouncesInto(this.bounces);
  }
}
