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

/** For the examples: a complaint's status after each type of event, and a version it might then have. */
const standings: Partial<Record<EventType, Pick<CloudEvent["data"], "status" | "version" | "level">>> = {
  filed: { status: "filed", version: 1, level: 0 },
  acknowledged: { status: "acknowledged", version: 2, level: 0 },
  transferred: { status: "filed", version: 2, level: 0 },
  escalated: { status: "filed", version: 2, level: 1 },
  answered: { status: "answered", version: 3, level: 0 },
  disputed: { status: "disputed", version: 4, level: 0 },
  accepted: { status: "closed", version: 4, level: 0 },
  expired: { status: "closed", version: 4, level: 0 },
  withdrawn: { status: "closed", version: 4, level: 0 },
  decided: { status: "closed", version: 6, level: 0 },
  rejected: { status: "closed", version: 3, level: 0 },
};
const otherwise = { status: "acknowledged" as const, version: 3, level: 0 };

/** An event as agencies are told of it. */
export function eventExample(type: EventType): CloudEvent {
  const { id, category, countyId, agencyId, otherAgencyId } = cast;
  const { version, ...standing } = standings[type] ?? otherwise;
  return {
    specversion: "1.0",
    id: eventId(id, version),
    source: `foad/${provinceId}`,
    type: nameOf(type),
    subject: id,
    time: times.answered,
    datacontenttype: "application/json",
    data: {
      complaintId: id,
      version,
      ...standing,
      category,
      countyId,
      acknowledgeBy: times.acknowledgeBy,
      answerBy: times.answerBy,
      ...(type === "transferred" && { agencyId: otherAgencyId, fromAgencyId: agencyId }),
    },
  };
}
