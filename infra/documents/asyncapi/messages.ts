import * as z from "zod";
import { ComplaintEvent, type EventType, eventId } from "#shared/domain/complaint/event.ts";
import { isTold } from "#shared/domain/telling/audience.ts";
import { CloudEvent } from "#shared/messaging/cloud-event.ts";
import { provinceId } from "#shared/province/slices.static.ts";
import { cast, times } from "../examples/cast.ts";
import type { Json } from "../openapi/json.ts";
import { withMeanings } from "../openapi/meanings.ts";
import { open } from "../openapi/open.ts";
import { eventTexts } from "./event-texts.ts";

/** The types of events that an agency may be told of. */
const toldToAgencies: EventType[] = ComplaintEvent.options
  .map((option) => option.shape.type.value)
  .filter((type) => isTold("agency", { type }));

/** The fields of every message, in AsyncAPI's dialect of JSON Schema. */
export function envelope(): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(CloudEvent, { target: "draft-7", io: "output" });
  return { title: "CloudEvent", ...withMeanings(JSON.parse(JSON.stringify(schema, open)), "") };
}

const nameOf = (type: EventType) => `ir.foad.complaint.${type}.v1`;

/** What programs call the payload, such as `ComplaintDeadlinesMoved`. */
const titleOf = (type: EventType) => `Complaint${type.replaceAll(/(?:^|-)(\w)/g, (_, first) => first.toUpperCase())}`;

/** One message per type of event. */
export function messages(): Record<string, Json> {
  return Object.fromEntries(toldToAgencies.map((type) => [type, message(type)]));
}

function message(type: EventType): Json {
  return {
    name: nameOf(type),
    title: eventTexts[type].en,
    summary: eventTexts[type].en,
    "x-summary-fa": eventTexts[type].fa,
    contentType: "application/json",
    payload: {
      title: titleOf(type),
      allOf: [
        { $ref: "#/components/schemas/CloudEvent" },
        { type: "object", properties: { type: { type: "string", const: nameOf(type) } } },
      ],
    },
    examples: [{ name: type, summary: eventTexts[type].en, payload: eventExample(type) }],
  };
}

type Standing = Pick<CloudEvent["data"], "status" | "version" | "level"> & { time?: string } & Partial<
    Pick<CloudEvent["data"], "acknowledgeBy" | "answerBy">
  >;

const otherwise: Standing = { status: "acknowledged", version: 3, level: 0 };
const closed: Standing = { status: "closed", version: 4, level: 0, time: times.ended };

/** For the examples: how a complaint may stand after each type of event, and when that may be. */
const standings: Partial<Record<EventType, Standing>> = {
  filed: { status: "filed", version: 1, level: 0, time: times.filed },
  acknowledged: { status: "acknowledged", version: 2, level: 0, time: times.acknowledged },
  transferred: { status: "filed", version: 2, level: 0, acknowledgeBy: times.transferredAcknowledgeBy },
  escalated: { status: "filed", version: 2, level: 1, time: times.acknowledgeBy },
  extended: { ...otherwise, answerBy: times.extendedAnswerBy },
  "deadlines-moved": { ...otherwise, answerBy: times.extendedAnswerBy },
  answered: { status: "answered", version: 3, level: 0 },
  disputed: { status: "disputed", version: 4, level: 0, time: times.disputed },
  accepted: closed,
  expired: { ...closed, time: times.confirmBy },
  withdrawn: closed,
  decided: { ...closed, version: 6 },
  rejected: { ...closed, version: 3 },
};

/** An event as agencies are told of it. */
export function eventExample(type: EventType): CloudEvent {
  const { id, category, countyId, agencyId, otherAgencyId } = cast;
  const { version, time = times.answered, ...standing } = standings[type] ?? otherwise;
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
      acknowledgeBy: times.acknowledgeBy,
      answerBy: times.answerBy,
      ...standing,
      ...(type === "transferred" && { agencyId: otherAgencyId, fromAgencyId: agencyId }),
    },
  };
}
