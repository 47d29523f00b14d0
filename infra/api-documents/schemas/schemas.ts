import * as z from "zod";
import { FilingEvent } from "#functions/api/front-end.ts";
import { Cursor } from "#functions/http/parameters.ts";
import { Problem } from "#functions/http/problem.ts";
import { problemTexts } from "#functions/http/problem-texts.ts";
import { UploadRefusalReason, UploadStatus } from "#shared/domain/attachments/attachment.ts";
import { CleanType, ContentType } from "#shared/domain/attachments/format.ts";
import * as complaint from "#shared/domain/complaint/complaint.ts";
import { CallGroup, CallOutcome, Opinion } from "#shared/domain/complaint/confidential-log.ts";
import { Actor, ComplaintEvent, EscalationStep, EventId, VisitResult } from "#shared/domain/complaint/event.ts";
import { isVisibleTo, type Viewer } from "#shared/domain/complaint/event-rules.ts";
import { Deadlines } from "#shared/domain/deadlines/explanation.ts";
import { ClockKind, DeadlinePolicy } from "#shared/domain/time/duration.ts";
import { HistoryEntry, HistorySummary } from "#shared/domain/views/history.ts";
import { Authority, Channel, Name } from "#shared/domain/vocabulary.ts";
import { CloudEvent, FilingCloudEvent, ValidationEvent } from "#shared/messaging/cloud-event.ts";
import { meanings } from "./field-meanings.ts";

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Leaves out that an object may have no other fields: tomorrow's answers have more, and clients pass over them. */
export function allowUnknownFields(key: string, value: unknown): unknown {
  return key === "additionalProperties" && value === false ? undefined : value;
}

const { storedShapes } = complaint;

/**
 * What several answers or requests hold, by the names that generated clients give it. `…Input` is what is sent to us: in it
 * an unknown field is refused.
 */
const shapes: Record<string, z.ZodType> = {
  Status: complaint.Status,
  Closure: complaint.Closure,
  Finding: complaint.Finding,
  RejectionReason: complaint.RejectionReason,
  Language: complaint.Complaint.shape.language,
  Officer: storedShapes.officer,
  OfficerInput: complaint.Officer,
  Employee: storedShapes.employee,
  EmployeeInput: complaint.Employee,
  PromisedAction: storedShapes.action,
  PromisedActionInput: complaint.PromisedAction,
  Actor,
  Found: VisitResult,
  Owed: EscalationStep,
  Channel,
  Holder: Authority,
  Name,
  Policy: DeadlinePolicy,
  ClockKind,
  CallGroup,
  CallOutcome,
  Solved: Opinion.shape.solved,
  ContentType,
  CleanType,
  RefusalReason: UploadRefusalReason,
  UploadTold: UploadStatus,
  UploadState: UploadStatus.shape.state,
  Answer: HistorySummary.shape.answer.unwrap(),
  Decision: HistorySummary.shape.decision.unwrap(),
  Message: HistorySummary.shape.messages.element,
  Attachment: HistorySummary.shape.attachments.element,
  HistoryEntry,
  ExplainedClock: Deadlines.shape.clocks.element,
  FilingEvent,
  CloudEvent,
  FilingCloudEvent,
  ValidationEvent,
  FieldError: Problem.shape.errors.unwrap().element,
};

const describedTypes = (viewer: Viewer) =>
  ComplaintEvent.options.map(({ shape }) => shape.type.value).filter((type) => isVisibleTo(viewer, { type }));

/** Those there are today, and whatever comes: a client that knows these alone breaks at none of tomorrow's. */
const open = (known: string[]) => ({ anyOf: [{ enum: known }, { type: "string" }] });

/** Texts of which the code admits more than there is today: an older version tells a newer one's events by their names. */
const knownTexts: [z.ZodType, Record<string, unknown>][] = [
  [Problem.shape.code, { id: "ProblemCode", enum: Object.keys(problemTexts) }],
  [FilingEvent.shape.type, { id: "FilingEventType", ...open(describedTypes("front-end")) }],
  [
    CloudEvent.shape.type,
    { id: "CloudEventType", ...open(describedTypes("agency").map((type) => `ir.foad.complaint.${type}.v1`)) },
  ],
  [
    FilingCloudEvent.shape.type,
    { id: "FilingCloudEventType", ...open(describedTypes("front-end").map((type) => `ir.foad.complaint.${type}.v1`)) },
  ],
  [EventId, { pattern: "^[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/[0-9]+$" }],
  [Cursor, { pattern: "^[0-9A-Za-z_-]+$" }],
];

/** Under which parent their fields are looked up among the meanings, where it is not the name in lower case. */
const places: Record<string, string> = {
  PromisedAction: "actions",
  UploadTold: "uploads",
  Message: "messages",
  Attachment: "attachments",
  HistoryEntry: "history",
  FieldError: "errors",
  OwnDelivery: "WebhookDelivery",
  WebhookStanding: "WebhookDelivery",
};

/** The parent of a named shape's fields among the meanings. */
export function placeOfShape(name: string): string {
  const shape = name.replace(/Input$/, "");
  return places[shape] ?? (shape in shapes ? shape.charAt(0).toLowerCase() + shape.slice(1) : name);
}

/** Gives the shapes their names, once and for this program alone: what is deployed carries none of it. */
export function nameShapes(): void {
  for (const [id, schema] of Object.entries(shapes)) z.globalRegistry.add(schema, { ...schema.meta(), id });
  for (const [schema, told] of knownTexts) z.globalRegistry.add(schema, { ...schema.meta(), ...told });
}

/** What a field means: looked up with its parent, as `officer.name`, and else by its name alone. */
export function meaningOf(name: string, parent: string) {
  return meanings[`${parent}.${name}`] ?? meanings[name];
}

/** The schema with each field's meaning: in English as `description`, which tools show, and in Persian beside it. */
export function withMeanings(schema: Json, parent: string): Json {
  const inside = Object.entries(schema).map(([key, value]) => [key, descend({ key, value, parent })]);
  return Object.fromEntries(inside);
}

function descend({ key, value, parent }: { key: string; value: unknown; parent: string }): unknown {
  if (key === "properties" && isJson(value)) return fieldsWithMeanings(value, parent);
  if (Array.isArray(value)) return value.map((one) => (isJson(one) ? withMeanings(one, parent) : one));
  return isJson(value) && key !== "default" ? withMeanings(value, parent) : value;
}

function fieldsWithMeanings(properties: Json, parent: string): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [
      name,
      isJson(field) ? explained(field, { name, parent }) : field,
    ]),
  );
}

function explained(field: Json, { name, parent }: { name: string; parent: string }): Json {
  const meaning = meaningOf(name, parent);
  return { ...withMeanings(field, name), ...(meaning && { description: meaning.en, "x-description-fa": meaning.fa }) };
}

nameShapes();

/**
 * Collects the schemas of a document: one with a name is described once and referred to, any other where it is used.
 */
export function schemaCollector() {
  const named: Record<string, Json> = {};
  function schemaOf(schema: z.ZodType, io: "input" | "output", place = ""): Json {
    const described = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    const text = JSON.stringify(described, io === "output" ? allowUnknownFields : undefined);
    const { $schema: _dialect, $defs = {}, ...here } = JSON.parse(text.replaceAll("#/$defs/", "#/components/schemas/"));
    for (const [id, definition] of Object.entries<Json>($defs)) name(id, withMeanings(definition, placeOfShape(id)));
    return withMeanings(here, place);
  }
  /** Describes a schema under a name; the reference to it. Throws where the name is another schema's already. */
  function name(called: string, schema: Json): Json {
    if (named[called] && JSON.stringify(named[called]) !== JSON.stringify(schema))
      throw new Error(`Two schemas are called ${called}: name one of them otherwise in shapes.ts`);
    named[called] = schema;
    return { $ref: `#/components/schemas/${called}` };
  }
  /** Follows a reference to the schema and its name; returns any other schema as it is, without a name. */
  function resolved(schema: Json): { name: string; schema: Json } {
    const name =
      String(schema.$ref ?? "")
        .split("/")
        .at(-1) ?? "";
    return { name, schema: named[name] ?? schema };
  }
  return { named, name, schemaOf, resolved };
}

export type SchemaCollector = ReturnType<typeof schemaCollector>;
export type SchemaOf = SchemaCollector["schemaOf"];
