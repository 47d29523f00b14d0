import { Duration, Validations } from "aws-cdk-lib";
import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  type DlqDestinationConfig,
  FilterCriteria,
  FilterRule,
  type IEventSourceDlq,
  type IEventSourceMapping,
  type IFunction,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct, type IConstruct } from "constructs";
import { eventPrefix, partitions } from "#shared/runtime/keys.ts";
import { acceptObjectsOf, acceptRuleWithoutDeadLetters, acceptWildcard } from "./accepted-findings.ts";
import { PrivateBucket } from "./closed-bucket.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ConsumedQueue, grantReadQueueCounts, grantSendToAgencyQueues } from "./queues.ts";
import type { SecretKey } from "./secrets.ts";
import { HourSchedule, MinuteSchedule, ServiceFunction } from "./service-function.ts";

/** A bucket for whole stream records that could not be consumed, so that operators can inspect them and send them again. */
export class ParkedRecords extends Construct implements IEventSourceDlq {
  readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    this.bucket.sendEventsToEventBridge();
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Holds what one function could not consume; nobody else reads or writes it.",
    });
  }

  /** Lets `fn` read objects by name. It cannot list them; it gets the names from the bucket's events. */
  grantRead(fn: ServiceFunction): void {
    const { bucketName: value, bucketArn } = this.bucket;
    fn.grant({ name: "FAILED_RECORDS_BUCKET", value, actions: ["s3:GetObject"], resources: [`${bucketArn}/*`] });
    this.acknowledgeObjects(fn, "Reads objects under names of Lambda's choosing.");
  }

  /** CDK's own destination would also allow the function to delete objects. This one allows only to add them. */
  bind(_source: IEventSourceMapping, fn: IFunction): DlqDestinationConfig {
    const { bucketArn } = this.bucket;
    fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: [`${bucketArn}/*`] }));
    fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucketArn] }));
    this.acknowledgeObjects(fn.role ?? fn, "Adds objects under names of Lambda's choosing.");
    return { destination: bucketArn };
  }

  private acknowledgeObjects(holder: IConstruct, reason: string): void {
    acceptObjectsOf(holder, { bucket: this.bucket, reason });
  }
}

type EventDispatcherProps = { provinceId: string; complaints: ComplaintsTable; bundle: string };

/**
 * Reads new events from the table's stream, sends them to the agencies' queues, and queues mails. Parks events that keep
 * failing.
 */
export class EventDispatcher extends Construct {
  readonly dispatchEvent: ServiceFunction;
  readonly parked: ParkedRecords;

  constructor(scope: Construct, id: string, { provinceId, complaints, bundle }: EventDispatcherProps) {
    super(scope, id);
    const description = "Tells agencies of each event of a complaint, and queues the mails about it";
    this.dispatchEvent = new ServiceFunction(this, "dispatch-event", { bundle, description });
    this.parked = new ParkedRecords(this, "ParkedRecords");
    this.dispatchEvent.lambda.addEventSource(
      new DynamoEventSource(complaints.table, {
        ...dispatcherEventSource,
        // Without a limit Lambda retries a record until it expires: one bad record would block its shard for a day.
        retryAttempts: 5,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        onFailure: this.parked,
      }),
    );
    const reason = "Streams can be listed or not; there is no narrower name.";
    acceptWildcard(this.dispatchEvent, { resource: "*", reason });
    grantSendToAgencyQueues(this.dispatchEvent, provinceId);
  }
}

/** The dispatcher reads all events, and the entries of the confidential log about which the citizen gets a mail. */
const dispatcherEventSource = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  batchSize: 25,
  filters: [
    { Keys: { sk: { S: FilterRule.beginsWith(eventPrefix) } } },
    {
      Keys: { pk: { S: FilterRule.beginsWith(partitions.confidential) } },
      NewImage: { hasNotification: { BOOL: [true] } },
    },
  ].map((dynamodb) => FilterCriteria.filter({ eventName: FilterRule.isEqual("INSERT"), dynamodb })),
};

type RedriverProps = {
  provinceId: string;
  complaints: ComplaintsTable;
  parked: ParkedRecords;
  bundleOf: (name: string) => string;
};

/** Records undelivered events, so that admins see them, and sends events again when an admin orders it. */
export class Redriver extends Construct {
  readonly recordUndelivered: ServiceFunction;
  readonly redriveEvents: ServiceFunction;
  readonly parked: ConsumedQueue;

  constructor(scope: Construct, id: string, { provinceId, complaints, parked, bundleOf }: RedriverProps) {
    super(scope, id);
    this.recordUndelivered = new ServiceFunction(this, "record-undelivered", {
      bundle: bundleOf("record-undelivered"),
      description: "Notes events that were parked, so that admins see them",
    });
    this.redriveEvents = new ServiceFunction(this, "redrive-events", {
      bundle: bundleOf("redrive-events"),
      description: "Sends events again as admins order it",
    });
    this.parked = new ConsumedQueue(this, "Parked", { variable: "FAILED_RECORDS_QUEUE" });
    this.parked.addConsumer(this.recordUndelivered, { batchSize: 1, maxConcurrency: 2 });
    this.subscribeToParkedRecords(parked);
    parked.grantRead(this.recordUndelivered);
    complaints.grantRecord(this.recordUndelivered, "undelivered");
    complaints.grantRedrive(this.redriveEvents);
    grantSendToAgencyQueues(this.redriveEvents, provinceId);
    new MinuteSchedule(this, "EveryMinute", { fn: this.redriveEvents, description: "Redrives, every minute" });
  }

  private subscribeToParkedRecords({ bucket }: ParkedRecords): void {
    const message = RuleTargetInput.fromObject({ key: EventField.fromPath("$.detail.object.key") });
    new Rule(this, "WasParked", {
      description: "Events that could not be delivered",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: { bucket: { name: [bucket.bucketName] } },
      },
      targets: [this.parked.asRuleTarget(message)],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}

type WebhookSenderProps = { complaints: ComplaintsTable; webhookKey: SecretKey; bundle: string };

/** Posts the events of feeds to the webhooks of agencies and front ends. */
export class WebhookSender extends Construct {
  readonly deliverWebhooks: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, webhookKey, bundle }: WebhookSenderProps) {
    super(scope, id);
    this.deliverWebhooks = new ServiceFunction(this, "deliver-webhooks", {
      bundle,
      description: "Posts events to the webhooks of agencies and front ends",
      // Longer than the default, since it writes no events. It waits up to ten seconds for each answer.
      timeout: Duration.minutes(1),
    });
    complaints.grantWebhookDelivery(this.deliverWebhooks);
    webhookKey.grantRead(this.deliverWebhooks);
    new MinuteSchedule(this, "EveryMinute", { fn: this.deliverWebhooks, description: "Webhooks, every minute" });
  }
}

type QueueMonitorProps = { provinceId: string; complaints: ComplaintsTable; bundle: string };

/** One function monitors the queues of all agencies. One alarm for each queue would cost more than everything else. */
export class QueueMonitor extends Construct {
  readonly monitorQueues: ServiceFunction;

  constructor(scope: Construct, id: string, { provinceId, complaints, bundle }: QueueMonitorProps) {
    super(scope, id);
    this.monitorQueues = new ServiceFunction(this, "monitor-queues", {
      bundle,
      description: "Counts what agencies have not taken out of their queues",
      // Longer than the default, since it writes no events. It makes two requests for each agency.
      timeout: Duration.minutes(1),
    });
    grantReadQueueCounts(this.monitorQueues, provinceId);
    complaints.grantList(this.monitorQueues, "agencyFeeds");
    new HourSchedule(this, "EveryHour", { fn: this.monitorQueues, description: "Agencies' queues, every hour" });
  }
}
