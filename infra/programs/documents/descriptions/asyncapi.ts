import * as z from "zod";
import { CloudEvent, IssueCloudEvent } from "#functions/deliveries/cloud-event.ts";
import { ComplaintEvent, type EventType, eventId } from "#shared/complaints/event.ts";
import { isVisibleTo } from "#shared/complaints/event-rules.ts";
import { catalog, provinceId, publicUrl } from "#shared/province/slices.static.ts";
import { agencyQueueName, deadLetterQueueName } from "#shared/runtime/keys.ts";
import type { Language } from "#shared/vocabulary.ts";
import { exampleIds, exampleTimes } from "../examples/example-values.ts";
import { issueEventExample, issueEventTypes, issueMessageName } from "../schemas/issue-messages.ts";
import { allowUnknownFields, type Json, subjectOf, withMeanings } from "../schemas/schemas.ts";

/** One sentence for each type of event. */
const eventTexts: Record<EventType, Record<Language, string>> = {
  filed: { en: "A complaint was filed", fa: "شکایتی ثبت شد" },
  acknowledged: {
    en: "The agency acknowledged it and named an officer",
    fa: "دستگاه دریافت را اعلام و کارشناس را معرفی کرد",
  },
  transferred: {
    en: "It was transferred to another agency; both agencies are notified",
    fa: "شکایت به دستگاه دیگری ارجاع شد؛ هر دو دستگاه آگاه می‌شوند",
  },
  extended: { en: "The time to answer was extended", fa: "مهلت پاسخ تمدید شد" },
  answered: { en: "The agency answered", fa: "دستگاه پاسخ داد" },
  accepted: { en: "The citizen accepted the answer", fa: "شهروند پاسخ را پذیرفت" },
  disputed: { en: "The citizen disputed the answer", fa: "شهروند به پاسخ اعتراض کرد" },
  decided: { en: "An inspector decided", fa: "بازرس رأی داد" },
  rejected: { en: "An inspector closed it without a decision", fa: "بازرس پرونده را بدون رأی بست" },
  withdrawn: { en: "The citizen withdrew it", fa: "شهروند انصراف داد" },
  expired: { en: "It was closed because the citizen stayed silent", fa: "با سکوت شهروند در مهلت مقرر، شکایت بسته شد" },
  escalated: { en: "It is late and was escalated to a higher level", fa: "مهلت گذشت و شکایت به سطح بالاتر رفت" },
  "deadlines-changed": {
    en: "Office hours changed, and its deadlines with them",
    fa: "با تغییر ساعت کاری، مهلت‌ها جابه‌جا شد",
  },
  "message-posted": { en: "A message was written", fa: "پیامی نوشته شد" },
  "directive-given": { en: "An overseer told the agency what to do", fa: "مقام ناظر به دستگاه دستوری داد" },
  "promise-reminded": {
    en: "The agency is reminded of promised actions that are due in three days",
    fa: "سه روز پیش از زمان اقدام‌های وعده‌داده‌شده، به دستگاه یادآوری شد",
  },
  "promise-reported": {
    en: "The agency reported that a promised action was done",
    fa: "دستگاه انجام اقدامی را گزارش کرد",
  },
  "promise-objected": { en: "The citizen says that it was not done", fa: "شهروند می‌گوید آن اقدام انجام نشده است" },
  "promise-judged": { en: "An inspector said whether it was done", fa: "بازرس دربارهٔ انجام آن اقدام نظر داد" },
  "attachment-added": { en: "A file of the citizen was accepted", fa: "پیوست شهروند پذیرفته شد" },
  "visit-reported": { en: "An inspector reported a visit", fa: "گزارش بازدید ثبت شد" },
  "issue-linked": {
    en: "An inspector linked it to an issue: its cause is one that other complaints share",
    fa: "بازرس آن را به یک مشکل پیوند داد: علت آن با شکایت‌های دیگر مشترک است",
  },
  "issue-unlinked": { en: "An inspector ended that link", fa: "بازرس آن پیوند را پایان داد" },
  "statement-added": { en: "The statement of the employee was recorded", fa: "دفاعیهٔ کارمند ثبت شد" },
};

/** The types of events that are delivered to agencies. */
const eventTypesForAgencies: EventType[] = ComplaintEvent.unwrap()
  .options.map((option) => option.shape.type.value)
  .filter((type) => isVisibleTo("agency", { type }));

/** The fields of every message, in AsyncAPI's dialect of JSON Schema. */
function envelope(event: z.ZodType, title: string): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(event, {
    target: "draft-7",
    io: "output",
    // An empty registry: the names of schemas stand in the OpenAPI document only, so this document must not refer to them.
    metadata: z.registry(),
  });
  return {
    title,
    ...withMeanings(JSON.parse(JSON.stringify(schema, allowUnknownFields)), { parent: "", subject: subjectOf(title) }),
  };
}

const nameOf = (type: EventType) => `ir.foad.complaint.${type}.v1`;

/** The name of the payload in generated code, such as `ComplaintDeadlinesMoved`. */
const titleOf = (of: string, type: string) =>
  `${of}${type.replaceAll(/(?:^|-)(\w)/g, (_, first) => first.toUpperCase())}`;

/** One message per type of event. */
function messages(): Record<string, Json> {
  const ofComplaints = eventTypesForAgencies.map((type) =>
    message({ type, name: nameOf(type), text: eventTexts[type], of: "Complaint", example: eventExample(type) }),
  );
  const ofIssues = issueEventTypes.map(([type, text]) =>
    message({ type, name: issueMessageName(type), text, of: "Issue", example: issueEventExample(type) }),
  );
  return Object.fromEntries([...ofComplaints, ...ofIssues]);
}

type MessageParts = {
  type: string;
  name: string;
  text: Record<Language, string>;
  of: "Complaint" | "Issue";
  example: CloudEvent | IssueCloudEvent;
};

const envelopeNames = { Complaint: "CloudEvent", Issue: "IssueCloudEvent" };

/** One message, by its key in the document: that of an issue has the prefix `issue-`. */
function message({ type, name, text, of, example }: MessageParts): [string, Json] {
  const description = {
    name,
    title: text.en,
    summary: text.en,
    "x-summary-fa": text.fa,
    contentType: "application/json",
    payload: {
      title: titleOf(of, type),
      allOf: [
        { $ref: `#/components/schemas/${envelopeNames[of]}` },
        { type: "object", properties: { type: { type: "string", const: name } } },
      ],
    },
    examples: [{ name: type, summary: text.en, payload: example }],
  };
  return [of === "Issue" ? `issue-${type}` : type, description];
}

type ExampleFields = Pick<CloudEvent["data"], "status" | "version" | "level"> & { time?: string } & Partial<
    Pick<CloudEvent["data"], "acknowledgeBy" | "answerBy">
  >;

const otherFields: ExampleFields = { status: "acknowledged", version: 3, level: 0 };
const closed: ExampleFields = { status: "closed", version: 4, level: 0, time: exampleTimes.ended };

/** For the examples: the fields of a complaint after each type of event, and the time of the event. */
const fieldsAfter: Partial<Record<EventType, ExampleFields>> = {
  filed: { status: "filed", version: 1, level: 0, time: exampleTimes.filed },
  acknowledged: { status: "acknowledged", version: 2, level: 0, time: exampleTimes.acknowledged },
  transferred: { status: "filed", version: 2, level: 0, acknowledgeBy: exampleTimes.transferredAcknowledgeBy },
  escalated: { status: "filed", version: 2, level: 1, time: exampleTimes.acknowledgeBy },
  extended: { ...otherFields, answerBy: exampleTimes.extendedAnswerBy },
  "deadlines-changed": { ...otherFields, answerBy: exampleTimes.extendedAnswerBy },
  answered: { status: "answered", version: 3, level: 0 },
  disputed: { status: "disputed", version: 4, level: 0, time: exampleTimes.disputed },
  accepted: closed,
  expired: { ...closed, time: exampleTimes.confirmBy },
  withdrawn: closed,
  decided: { ...closed, version: 6 },
  rejected: { ...closed, version: 3 },
};

/** An example of an event as agencies receive it. */
export function eventExample(type: EventType): CloudEvent {
  const { id, category, countyId, agencyId, otherAgencyId } = exampleIds;
  const { version, time = exampleTimes.answered, ...state } = fieldsAfter[type] ?? otherFields;
  return {
    specversion: "1.0",
    id: eventId(id, version),
    source: `foad/${provinceId}`,
    type: nameOf(type),
    subject: id,
    time,
    datacontenttype: "application/json",
    data: {
      complaintId: id,
      version,
      category,
      countyId,
      acknowledgeBy: exampleTimes.acknowledgeBy,
      answerBy: exampleTimes.answerBy,
      ...state,
      ...(type === "transferred" && { agencyId: otherAgencyId, fromAgencyId: agencyId }),
    },
  };
}

const anyAgency = { provinceId, agencyId: "{agencyId}" };
const all = messages();
const docs = `${publicUrl}/v1/docs`;
const day = 86_400;

/** How the queues are configured; test/api-documents/asyncapi.test.ts compares it with the deployed ones. */
const fifo = { fifoQueue: true, messageRetentionPeriod: 14 * day };
const queue = {
  name: agencyQueueName(anyAgency),
  ...fifo,
  deduplicationScope: "messageGroup",
  fifoThroughputLimit: "perMessageGroupId",
  visibilityTimeout: 60,
  redrivePolicy: { deadLetterQueue: { name: deadLetterQueueName(anyAgency) }, maxReceiveCount: 5 },
};

/** The agencies' queues and messages as an AsyncAPI 3 document. */
export const asyncapi = {
  asyncapi: "3.1.0",
  id: `urn:foad:${provinceId}:events`,
  info: {
    title: `FOAD 128: events of ${catalog.province.name.en} (رویدادهای ${catalog.province.name.fa})`,
    version: "1",
    description:
      "The events of an agency's complaints and of its issues, which are causes that several complaints share. Each event is delivered at least once, and the events of a complaint or an issue come in order; `source` and `id` together identify an event that comes again. An event has the state of the complaint, but no text and no identity: fetch these with the agency's token. Ignore fields and types that you do not know. `version` has no gaps while the agency has the complaint; it jumps if the complaint was transferred and came back. Of an issue it has no gaps at all.",
    contact: { name: "FOAD 128", url: docs },
    license: { name: "MIT", url: "https://opensource.org/license/mit" },
    tags: [{ name: "agency" }],
    externalDocs: { url: "https://cloudevents.io", description: "CloudEvents 1.0" },
  },
  defaultContentType: "application/json",
  servers: {
    sqs: {
      host: "{endpoint}",
      protocol: "sqs",
      description: "SQS, as the agency's registered AWS principal.",
      variables: {
        endpoint: { description: "The endpoint of the province's queues; the province's centre gives it to you." },
      },
    },
  },
  channels: {
    agencyQueue: {
      address: agencyQueueName(anyAgency),
      title: "An agency's own queue",
      description:
        "Message group: the id of the complaint or the issue. Deduplication id: the event's id. A message that was received five times and not deleted goes to the dead-letter queue.",
      parameters: {
        agencyId: {
          description: "The agency, from the catalog.",
          enum: catalog.agencies.map(({ id }) => id),
          examples: [catalog.agencies[0]?.id],
        },
      },
      messages: Object.fromEntries(Object.keys(all).map((type) => [type, { $ref: `#/components/messages/${type}` }])),
      bindings: {
        sqs: { queue, deadLetterQueue: { name: deadLetterQueueName(anyAgency), ...fifo }, bindingVersion: "0.2.0" },
      },
    },
  },
  operations: {
    sendEventToAgency: {
      action: "send",
      channel: { $ref: "#/channels/agencyQueue" },
      title: "Notify an agency of an event",
      description:
        "New types of events and new fields come without a new version: delete messages that you do not know, and go on.",
      summary: "FOAD sends; the agency receives and deletes.",
      messages: Object.keys(all).map((type) => ({ $ref: `#/channels/agencyQueue/messages/${type}` })),
    },
  },
  components: {
    messages: all,
    schemas: {
      CloudEvent: envelope(CloudEvent, "CloudEvent"),
      IssueCloudEvent: envelope(IssueCloudEvent, "IssueCloudEvent"),
    },
  },
};
