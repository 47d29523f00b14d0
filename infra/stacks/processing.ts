import { Fn, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import { AttachmentConfirmer } from "../constructs/attachment-confirmer.ts";
import { CallList } from "../constructs/call-list.ts";
import { Canary } from "../constructs/canary.ts";
import { ClosedNetwork } from "../constructs/closed-network.ts";
import { Escalation } from "../constructs/escalation.ts";
import { EventDispatcher } from "../constructs/event-dispatcher.ts";
import { FileCleaner } from "../constructs/file-cleaner.ts";
import { Forgetter } from "../constructs/forgetter.ts";
import { HoursFollower } from "../constructs/hours-follower.ts";
import { Notifier } from "../constructs/notifier.ts";
import { PageRenderer } from "../constructs/page-renderer.ts";
import { Pusher } from "../constructs/pusher.ts";
import { QueueWatch } from "../constructs/queue-watch.ts";
import { Redriver } from "../constructs/redriver.ts";
import { Statistician } from "../constructs/statistician.ts";
import type { DataStack } from "./data.ts";
import { placeOf } from "./place.ts";

type ProcessingProps = { province: Province; data: DataStack; bundleOf: (name: string) => string };

/** What follows from events, uploads, orders and time: people are told, late complaints climb, figures are made. */
export class ProcessingStack extends Stack {
  readonly network: ClosedNetwork;
  readonly dispatcher: EventDispatcher;
  readonly redriver: Redriver;
  readonly pusher: Pusher;
  readonly queueWatch: QueueWatch;
  readonly calls: CallList;
  readonly escalation: Escalation;
  readonly hours: HoursFollower;
  readonly notifier: Notifier;
  readonly cleaner: FileCleaner;
  readonly confirmer: AttachmentConfirmer;
  readonly statistician: Statistician;
  readonly forgetter: Forgetter;
  readonly page: PageRenderer;
  /** Where the province has one. */
  readonly canary: Canary | undefined;

  /** By position: where an account is named, CDK would look its zones up, and a synth would need credentials. */
  override get availabilityZones(): string[] {
    return [0, 1].map((n) => Fn.select(n, Fn.getAzs()));
  }

  constructor(scope: Construct, id: string, { province, data, bundleOf }: ProcessingProps) {
    super(scope, id, placeOf(province));
    const { complaints, identities, addressKey, webhookKey, statisticsKey, attachments } = data;
    const { id: provinceId, mail, publicUrl } = province;
    this.network = networkTo(data, this);
    const { toTables: part } = this.network;
    const telling = { provinceId, complaints, bundle: bundleOf("dispatch-event") };
    this.dispatcher = new EventDispatcher(this, "Dispatcher", telling);
    const { parked } = this.dispatcher;
    this.redriver = new Redriver(this, "Redriver", { provinceId, complaints, parked, bundleOf });
    this.pusher = new Pusher(this, "Pusher", { complaints, webhookKey, bundle: bundleOf("push-events") });
    this.queueWatch = new QueueWatch(this, "QueueWatch", { provinceId, complaints, bundle: bundleOf("watch-queues") });
    this.calls = new CallList(this, "Calls", { complaints, part, bundle: bundleOf("place-call") });
    this.escalation = new Escalation(this, "Escalation", { complaints, part, bundleOf });
    this.hours = new HoursFollower(this, "Hours", { complaints, part, bundleOf });
    const mailing = { mail, publicUrl, complaints, identities, addressKey, bundleOf };
    this.notifier = new Notifier(this, "Notifier", mailing);
    for (const fn of [this.dispatcher.dispatchEvent, this.redriver.redriveEvents])
      this.notifier.notifications.filledBy(fn);
    const trigger = province.attachments.malwareScan ? "malware-scan" : "upload";
    const cleaning = { attachments, part: this.network.toFiles, bundle: bundleOf("clean-file"), trigger } as const;
    this.cleaner = new FileCleaner(this, "Cleaner", cleaning);
    const bundle = bundleOf("confirm-attachment");
    this.confirmer = new AttachmentConfirmer(this, "Attachments", { complaints, attachments, bundle });
    this.statistician = new Statistician(this, "Statistician", { complaints, statisticsKey, part, bundleOf });
    const forgetting = { complaints, identities, attachments, bundle: bundleOf("forget-complaints") };
    this.forgetter = new Forgetter(this, "Forgetter", forgetting);
    this.page = new PageRenderer(this, "Page", { complaints, site: data.site, bundle: bundleOf("render-page") });
    const { canarySecret } = data;
    this.canary =
      canarySecret && new Canary(this, "Canary", { province, canarySecret, bundle: bundleOf("send-canary") });
  }
}

function networkTo({ complaints, identities }: DataStack, scope: Construct): ClosedNetwork {
  const network = new ClosedNetwork(scope, "Network");
  for (const table of [complaints, identities]) table.reachedThrough(network.toTables);
  return network;
}
