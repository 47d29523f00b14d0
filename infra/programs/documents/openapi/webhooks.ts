import {
  AgencyCloudEvent,
  FilingCloudEvent,
  filingEvent,
  ValidationEvent,
  validationEvent,
} from "#functions/deliveries/cloud-event.ts";
import { provinceId } from "#shared/province/slices.static.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import { eventExample } from "../descriptions/asyncapi.ts";
import { exampleIds, exampleTimes } from "../examples/example-values.ts";
import type { Json, SchemaOf } from "../schemas/schemas.ts";

/** The headers of webhook requests, by the name that webhooks refer to. */
export const webhookParameters = {
  WebhookId: {
    name: "webhook-id",
    in: "header",
    required: true,
    description: "The event's `id`; the same when it comes again.",
    "x-description-fa": "همان `id` رویداد؛ در تکرار نیز همان است.",
    schema: { type: "string" },
    example: `${exampleIds.id}/3`,
  },
  WebhookTimestamp: {
    name: "webhook-timestamp",
    in: "header",
    required: true,
    description: "When it was sent, in seconds since 1970: refuse what is five minutes off.",
    "x-description-fa": "زمان ارسال، به ثانیه از ۱۹۷۰؛ اگر پنج دقیقه اختلاف دارد نپذیرید.",
    schema: { type: "integer" },
    example: 1795680000,
  },
  WebhookSignature: {
    name: "webhook-signature",
    in: "header",
    required: true,
    description:
      "By each secret that is valid, `v1,` and Base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>` (Standard Webhooks 1.0.0).",
    "x-description-fa":
      "با هر کلید معتبر، `v1,` و سپس Base64 از HMAC-SHA256 روی `<id>.<timestamp>.<body>` (Standard Webhooks 1.0.0).",
    schema: { type: "string" },
    example: "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
  },
};

const responses = {
  "2XX": { description: "The event is accepted, and the next one is sent. The answer must come within ten seconds." },
  410: { description: "Nothing more is sent until the webhook is resumed." },
  default: {
    description:
      "The event is sent again after ten seconds, then after twice as long each time, up to two hours. After a day without success the webhook stops.",
  },
};

type WebhookRequest = {
  name: string;
  tag: "agency" | "front-end";
  summary: LocalizedText;
  schema: Json;
  example: unknown;
};

/** The requests that an address gets: a validation event first, then the events of its owner's feed, in order. */
export function describeWebhooks(schemaOf: SchemaOf): Json {
  const origin = { provinceId, restores: [] };
  const event = {
    frontEndEventId: exampleIds.frontEndEventId,
    complaintId: exampleIds.id,
    type: "answered",
    at: exampleTimes.answered,
    after: { status: "answered" as const },
  };
  const requests: WebhookRequest[] = [
    {
      name: "validation",
      tag: "agency",
      summary: { en: "A test whether an address accepts events", fa: "آزمایش پذیرش رویداد در یک نشانی" },
      schema: schemaOf(ValidationEvent, "output"),
      example: validationEvent({
        origin,
        id: `validation/agency:${exampleIds.agencyId}/${exampleTimes.filed}`,
        at: exampleTimes.filed,
      }),
    },
    {
      name: "agencyEvent",
      tag: "agency",
      summary: { en: "An event of the agency's feed", fa: "رویدادی از فهرست رویدادهای دستگاه" },
      schema: schemaOf(AgencyCloudEvent, "output"),
      example: eventExample("answered"),
    },
    {
      name: "frontEndEvent",
      tag: "front-end",
      summary: { en: "An event of a complaint that it filed", fa: "رویدادی از شکایتی که همین درگاه ثبت کرده است" },
      schema: schemaOf(FilingCloudEvent, "output"),
      example: filingEvent({ origin, event }),
    },
  ];
  return Object.fromEntries(requests.map((request) => [request.name, { post: operation(request) }]));
}

function operation({ name, tag, summary, schema, example }: WebhookRequest): Json {
  return {
    operationId: `receive${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    tags: [tag],
    summary: summary.en,
    "x-summary-fa": summary.fa,
    description: `${summary.fa}\n\nSent at least once, to the address that the province file names as \`webhook\`. Ignore fields and types that you do not know.`,
    security: [],
    parameters: Object.keys(webhookParameters).map((one) => ({ $ref: `#/components/parameters/${one}` })),
    requestBody: { required: true, content: { "application/cloudevents+json": { schema, example } } },
    responses,
  };
}
