import * as z from "zod";
import { HistoryEntry, HistorySummary } from "#functions/complaints/history.ts";
import { CloudEvent, FilingCloudEvent, IssueCloudEvent, ValidationEvent } from "#functions/deliveries/cloud-event.ts";
import { FilingEvent } from "#functions/deliveries/front-end.function.ts";
import { Cursor } from "#functions/http/parameters.ts";
import { Problem } from "#functions/http/problem.ts";
import { problemTexts } from "#functions/http/problem-texts.ts";
import * as complaint from "#shared/complaints/complaint.ts";
import { CallGroup, CallOutcome, Opinion } from "#shared/complaints/confidential-log.ts";
import { Actor, ComplaintEvent, EscalationStep, EventId, VisitResult } from "#shared/complaints/event.ts";
import { isVisibleTo, type Viewer } from "#shared/complaints/event-rules.ts";
import { Deadlines } from "#shared/complaints/explanation.ts";
import { UploadRefusalReason, UploadStatus } from "#shared/files/attachment.ts";
import { CleanType, ContentType } from "#shared/files/format.ts";
import { ClockKind, DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import { Officer } from "#shared/people/people.ts";
import { Authority, Channel, Name } from "#shared/vocabulary.ts";
import { meanings } from "./field-meanings.ts";
import { issueEventTypes, issueMessageName } from "./issue-messages.ts";

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A replacer for JSON.stringify that drops `additionalProperties: false`: later answers may have more fields. */
export function allowUnknownFields(key: string, value: unknown): unknown {
  return key === "additionalProperties" && value === false ? undefined : value;
}

const { storedShapes } = complaint;

/**
 * Schemas that several requests or answers share, by their names in the documents and in generated clients. A schema `…Input`
 * stands in requests and refuses unknown fields.
 */
const namedShapes: Record<string, z.ZodType> = {
  Status: complaint.Status,
  Closure: complaint.Closure,
  Finding: complaint.Finding,
  RejectionReason: complaint.RejectionReason,
  Language: complaint.Complaint.shape.language,
  Officer: storedShapes.officer,
  OfficerInput: Officer,
  Employee: storedShapes.employee,
  EmployeeInput: complaint.Employee,
  PromisedAction: storedShapes.action,
  PromisedActionInput: complaint.PromisedAction,
  Actor,
  VisitResult,
  EscalationStep,
  Step: complaint.Step,
  Channel,
  Authority,
  Name,
  Policy: DeadlinePolicy,
  ClockKind,
  CallGroup,
  CallOutcome,
  Solved: Opinion.shape.solved,
  ContentType,
  CleanType,
  RefusalReason: UploadRefusalReason,
  UploadStatus,
  UploadState: UploadStatus.shape.state,
  Answer: HistorySummary.shape.answer.unwrap(),
  Decision: HistorySummary.shape.decision.unwrap(),
  Message: HistorySummary.shape.messages.element,
  Attachment: HistorySummary.shape.attachments.element,
  HistoryEntry,
  ExplainedClock: Deadlines.shape.clocks.element,
  FilingEvent,
  CloudEvent,
  IssueCloudEvent,
  FilingCloudEvent,
  ValidationEvent,
  FieldError: Problem.shape.errors.unwrap().element,
};

const eventTypesFor = (viewer: Viewer) =>
  ComplaintEvent.unwrap()
    .options.map(({ shape }) => shape.type.value)
    .filter((type) => isVisibleTo(viewer, { type }));

/** The values of today, or any other text: generated clients must accept the values of later versions. */
const openEnum = (known: string[]) => ({ anyOf: [{ enum: known }, { type: "string" }] });

const cloudEventTypesFor = (viewer: Viewer) => eventTypesFor(viewer).map((type) => `ir.foad.complaint.${type}.v1`);

/** Texts that the code accepts more widely than the documents describe: an older version forwards the events of a newer one. */
const describedTexts: [z.ZodType, Json][] = [
  [Problem.shape.code, { id: "ProblemCode", enum: Object.keys(problemTexts) }],
  [FilingEvent.shape.type, { id: "FilingEventType", ...openEnum(eventTypesFor("front-end")) }],
  [CloudEvent.shape.type, { id: "CloudEventType", ...openEnum(cloudEventTypesFor("agency")) }],
  [
    IssueCloudEvent.shape.type,
    { id: "IssueCloudEventType", ...openEnum(issueEventTypes.map(([type]) => issueMessageName(type))) },
  ],
  [FilingCloudEvent.shape.type, { id: "FilingCloudEventType", ...openEnum(cloudEventTypesFor("front-end")) }],
  [EventId, { pattern: "^[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/(?:[0-9]+|[0-9A-Z]{8})$" }],
  [Cursor, { pattern: "^[0-9A-Za-z_-]+$" }],
];

/** The registry of the documents: the metadata of zod's global registry, with names and texts that only the documents have. */
function documentRegistry() {
  const additions = z.registry<Json>();
  for (const [id, schema] of Object.entries(namedShapes)) additions.add(schema, { id });
  for (const [schema, added] of describedTexts) additions.add(schema, added);
  const registry = z.registry<Json>();
  registry.get = (schema) => ({ ...z.globalRegistry.get(schema), ...additions.get(schema) });
  return registry;
}

/** The parents under which the fields of a shape have their meanings, where this is not the shape's name in camelCase. */
const parents: Record<string, string> = {
  PromisedAction: "actions",
  UploadStatus: "uploads",
  Message: "messages",
  Attachment: "attachments",
  HistoryEntry: "history",
  FieldError: "errors",
  OwnWebhook: "Webhook",
  WebhookSummary: "Webhook",
};

/** The parent under which the fields of a named shape have their meanings, such as `officer` in `officer.name`. */
function placeOfShape(name: string): string {
  const shape = name.replace(/Input$/, "");
  return parents[shape] ?? (shape in namedShapes ? shape.charAt(0).toLowerCase() + shape.slice(1) : name);
}

/** Notices and issues have fields of the same names as complaints, with other meanings. */
const subjects = { notice: /notice(?!-?call)/i, issue: /issue|outage/i };
type Subject = keyof typeof subjects;

/** The subject of a shape or a path, such as `notice` for `EmployeeNotice`; undefined for complaints and all else. */
export const subjectOf = (called: string): Subject | undefined =>
  (Object.keys(subjects) as Subject[]).find((subject) => subjects[subject].test(called));

/** The place of a field: the field or shape that it belongs to, and the subject of the whole shape. */
type Place = { parent: string; subject?: Subject | undefined };

/** The meaning of a field, such as that of `notice.answer.text`, `answer.text`, `notice.text` or else `text`. */
export function meaningOf(name: string, parent: string, subject?: Subject) {
  const here = meanings[`${parent}.${name}`];
  if (!subject) return here ?? meanings[name];
  return meanings[`${subject}.${parent}.${name}`] ?? here ?? meanings[`${subject}.${name}`] ?? meanings[name];
}

/** Adds the meaning of each field to a schema: in English as `description`, in Persian as `x-description-fa`. */
export function withMeanings(schema: Json, place: Place): Json {
  const members = Object.entries(schema).map(([key, value]) => [key, memberWithMeanings({ key, value, place })]);
  return Object.fromEntries(members);
}

function memberWithMeanings({ key, value, place }: { key: string; value: unknown; place: Place }): unknown {
  if (key === "properties" && isJson(value)) return fieldsWithMeanings(value, place);
  if (Array.isArray(value)) return value.map((one) => (isJson(one) ? withMeanings(one, place) : one));
  return isJson(value) && key !== "default" ? withMeanings(value, place) : value;
}

function fieldsWithMeanings(properties: Json, place: Place): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [
      name,
      isJson(field) ? fieldWithMeaning(field, { name, ...place }) : field,
    ]),
  );
}

function fieldWithMeaning(field: Json, { name, parent, subject }: Place & { name: string }): Json {
  const meaning = meaningOf(name, parent, subject);
  const described = withMeanings(field, { parent: name, subject });
  return { ...described, ...(meaning && { description: meaning.en, "x-description-fa": meaning.fa }) };
}

/** Collects the schemas of a document. A schema with a name is described once and referred to; others stand where they are used. */
export function schemaCollector() {
  const named: Record<string, Json> = {};
  const metadata = documentRegistry();
  /**
   * Describes a schema as JSON Schema, and collects the named schemas inside it. `parent`: that of its fields; `called`: the route, path
   * or type of event that it belongs to, which tells the subject of its fields.
   */
  function schemaOf(schema: z.ZodType, io: "input" | "output", { parent = "", called = "" } = {}): Json {
    const described = z.toJSONSchema(schema, { io, unrepresentable: "any", metadata });
    const text = JSON.stringify(described, io === "output" ? allowUnknownFields : undefined);
    const { $schema: _dialect, $defs = {}, ...here } = JSON.parse(text.replaceAll("#/$defs/", "#/components/schemas/"));
    for (const [id, definition] of Object.entries<Json>($defs))
      name(id, withMeanings(definition, { parent: placeOfShape(id), subject: subjectOf(id) }));
    return withMeanings(here, { parent, subject: subjectOf(called) });
  }
  /** Keeps a schema under a name and returns the reference to it. Throws if another schema has the name. */
  function name(called: string, schema: Json): Json {
    if (named[called] && JSON.stringify(named[called]) !== JSON.stringify(schema))
      throw new Error(`Two schemas are called ${called}: give one of them another name in schemas.ts`);
    named[called] = schema;
    return { $ref: `#/components/schemas/${called}` };
  }
  /** The schema that a reference leads to, with its name. Any other schema is returned as it is, with an empty name. */
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
