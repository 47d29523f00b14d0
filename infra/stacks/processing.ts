import { Fn, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import { AttachmentConfirmer, FileCleaner } from "../constructs/attachment-cleaning.ts";
import { CallList } from "../constructs/call-backs.ts";
import { Canary } from "../constructs/canary.ts";
import { IsolatedNetwork } from "../constructs/closed-network.ts";
import { EventDispatcher, QueueMonitor, Redriver, WebhookSender } from "../constructs/delivery.ts";
import { DeadlineMover, Escalation } from "../constructs/escalation.ts";
import { IssueCalls } from "../constructs/issue-calls.ts";
import { LinkedAnswers } from "../constructs/linked-answers.ts";
import { NoticeClock } from "../constructs/notice-clock.ts";
import { grantNoticeErasure, grantNoticesAlone, grantRecordYears } from "../constructs/notice-grants.ts";
import { Notifier } from "../constructs/notifications.ts";
import { PageRenderer } from "../constructs/public-page.ts";
import { RetentionEraser } from "../constructs/retention.ts";
import { SmsSender } from "../constructs/sms.ts";
import { StatisticsCounter } from "../constructs/statistics.ts";
import { environmentOf } from "../provinces/province-files.ts";
import type { DataStack } from "./data.ts";

type ProcessingProps = { province: Province; data: DataStack; bundleOf: (name: string) => string };

/**
 * Everything that happens after a request: delivery of events, mails, escalation of late complaints, cleaning of uploads,
 * figures, retention and the public page.
 */
export class ProcessingStack extends Stack {
  readonly network: IsolatedNetwork;
  readonly dispatcher: EventDispatcher;
  readonly redriver: Redriver;
  readonly webhookSender: WebhookSender;
  readonly queueMonitor: QueueMonitor;
  readonly callList: CallList;
  readonly escalation: Escalation;
  readonly deadlineMover: DeadlineMover;
  readonly linkedAnswers: LinkedAnswers;
  readonly issueCalls: IssueCalls;
  readonly notifier: Notifier;
  readonly cleaner: FileCleaner;
  readonly confirmer: AttachmentConfirmer;
  readonly statisticsCounter: StatisticsCounter;
  readonly retentionEraser: RetentionEraser;
  readonly page: PageRenderer;
  /** Undefined in a province that gives no notices to employees. */
  readonly noticeClock: NoticeClock | undefined;
  /** Undefined in a province that sends no messages (SMS). */
  readonly smsSender: SmsSender | undefined;
  /** Undefined in a province without a canary. */
  readonly canary: Canary | undefined;

  /**
   * Zones by position. If the province names an account, CDK would look up its zones, and a synthesis would need
   * credentials.
   */
  override get availabilityZones(): string[] {
    return [0, 1].map((n) => Fn.select(n, Fn.getAzs()));
  }

  constructor(scope: Construct, id: string, { province, data, bundleOf }: ProcessingProps) {
    super(scope, id, environmentOf(province));
    const { complaints, identities, addressKey, webhookKey, statisticsKey, attachments } = data;
    const { id: provinceId, mail, publicUrl } = province;
    this.network = createNetwork(data, this);
    const { tablesSegment: segment } = this.network;
    this.dispatcher = new EventDispatcher(this, "Dispatcher", {
      provinceId,
      complaints,
      bundle: bundleOf("dispatch-event"),
    });
    const { parked } = this.dispatcher;
    this.redriver = new Redriver(this, "Redriver", { provinceId, complaints, parked, bundleOf });
    this.webhookSender = new WebhookSender(this, "WebhookSender", {
      complaints,
      webhookKey,
      bundle: bundleOf("deliver-webhooks"),
    });
    this.queueMonitor = new QueueMonitor(this, "QueueMonitor", {
      provinceId,
      complaints,
      bundle: bundleOf("monitor-queues"),
    });
    this.callList = new CallList(this, "Calls", { complaints, segment, bundle: bundleOf("update-call-list") });
    this.escalation = new Escalation(this, "Escalation", { complaints, segment, bundleOf });
    this.deadlineMover = new DeadlineMover(this, "Hours", { complaints, segment, bundleOf });
    this.linkedAnswers = new LinkedAnswers(this, "Issues", {
      complaints,
      bundle: bundleOf("answer-linked-complaints"),
    });
    this.issueCalls = new IssueCalls(this, "IssueCalls", { complaints, segment, bundle: bundleOf("ask-about-issues") });
    const { smsKeys } = data;
    const notifierProps = { mail, publicUrl, complaints, identities, addressKey, smsKeys, bundleOf };
    this.notifier = new Notifier(this, "Notifier", notifierProps);
    const { processDueComplaints } = this.escalation;
    for (const fn of [this.dispatcher.dispatchEvent, this.redriver.redriveEvents, processDueComplaints])
      this.notifier.notifications.grantSend(fn);
    const trigger = province.attachments.malwareScan ? "malware-scan" : "upload";
    this.cleaner = new FileCleaner(this, "Cleaner", {
      attachments,
      part: this.network.filesSegment,
      bundle: bundleOf("clean-file"),
      trigger,
    });
    const bundle = bundleOf("add-attachment");
    this.confirmer = new AttachmentConfirmer(this, "Attachments", { complaints, attachments, bundle });
    this.statisticsCounter = new StatisticsCounter(this, "StatisticsCounter", {
      complaints,
      statisticsKey,
      segment,
      bundleOf,
    });
    const eraserProps = { complaints, identities, attachments, bundle: bundleOf("apply-retention") };
    this.retentionEraser = new RetentionEraser(this, "RetentionEraser", eraserProps);
    this.noticeClock = province.records ? this.createNoticeClock(data, bundleOf("advance-notices")) : undefined;
    this.page = new PageRenderer(this, "Page", { complaints, site: data.site, bundle: bundleOf("render-page") });
    const { canarySecret } = data;
    this.smsSender = smsKeys && new SmsSender(this, "Sms", { complaints, identities, smsKeys, bundleOf });
    this.canary =
      canarySecret && new Canary(this, "Canary", { province, canarySecret, bundle: bundleOf("run-canary") });
  }

  /** Creates what moves notices to employees, and lets the other functions count, keep and erase what belongs to them. */
  private createNoticeClock({ complaints, identities }: DataStack, bundle: string): NoticeClock {
    const { closePeriods } = this.statisticsCounter;
    complaints.grantList(closePeriods, "everyNotice");
    grantRecordYears(complaints, closePeriods, { adds: true });
    grantNoticesAlone(complaints, this.confirmer.confirmAttachment);
    grantNoticeErasure(complaints, this.retentionEraser.eraseComplaints);
    identities.grantEraseEmployeeNames(this.retentionEraser.eraseComplaints);
    return new NoticeClock(this, "Notices", { complaints, segment: this.network.tablesSegment, bundle });
  }
}

function createNetwork({ complaints, identities }: DataStack, scope: Construct): IsolatedNetwork {
  const network = new IsolatedNetwork(scope, "Network");
  for (const table of [complaints, identities]) table.allowThrough(network.tablesSegment);
  return network;
}
