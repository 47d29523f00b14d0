import * as z from "zod";
import { Cursor } from "#functions/api/any-caller/lists.ts";
import { FilingEvent } from "#functions/api/front-end/list-events.ts";
import { problemTexts } from "#functions/api/wording/problem-texts.ts";
import { Problem } from "#functions/pipelines/problem.ts";
import { RefusalReason } from "#shared/domain/attachments/attachment.ts";
import { CleanType, ContentType } from "#shared/domain/attachments/attachment-format.ts";
import * as complaint from "#shared/domain/complaint/complaint.ts";
import { Actor, ComplaintEvent, EventId, Found, Owed } from "#shared/domain/complaint/event.ts";
import { CallGroup, CallOutcome, Opinion } from "#shared/domain/complaint/private-series.ts";
import { Deadlines } from "#shared/domain/deadlines/explanation.ts";
import { isTold, type Viewer } from "#shared/domain/telling/audience.ts";
import { HistoryEntry, Outcome } from "#shared/domain/telling/history.ts";
import { UploadTold } from "#shared/domain/telling/uploads.ts";
import { ClockKind, Policy } from "#shared/domain/time/policy.ts";
import { Channel, Holder, Name } from "#shared/domain/vocabulary.ts";
import { CloudEvent, FilingCloudEvent, ValidationEvent } from "#shared/messaging/cloud-event.ts";

const { stored } = complaint;

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
  Officer: stored.officer,
  OfficerInput: complaint.Officer,
  Employee: stored.employee,
  EmployeeInput: complaint.Employee,
  PromisedAction: stored.action,
  PromisedActionInput: complaint.PromisedAction,
  Actor,
  Found,
  Owed,
  Channel,
  Holder,
  Name,
  Policy,
  ClockKind,
  CallGroup,
  CallOutcome,
  Solved: Opinion.shape.solved,
  ContentType,
  CleanType,
  RefusalReason,
  UploadTold,
  UploadState: UploadTold.shape.state,
  Answer: Outcome.shape.answer.unwrap(),
  Decision: Outcome.shape.decision.unwrap(),
  Message: Outcome.shape.messages.element,
  Attachment: Outcome.shape.attachments.element,
  HistoryEntry,
  ExplainedClock: Deadlines.shape.clocks.element,
  FilingEvent,
  CloudEvent,
  FilingCloudEvent,
  ValidationEvent,
  FieldError: Problem.shape.errors.unwrap().element,
};

const typesTold = (viewer: Viewer) =>
  ComplaintEvent.options.map(({ shape }) => shape.type.value).filter((type) => isTold(viewer, { type }));

/** Those there are today, and whatever comes: a client that knows these alone breaks at none of tomorrow's. */
const open = (known: string[]) => ({ anyOf: [{ enum: known }, { type: "string" }] });

/** Texts of which the code admits more than there is today: an older version tells a newer one's events by their names. */
const knownTexts: [z.ZodType, Record<string, unknown>][] = [
  [Problem.shape.code, { id: "ProblemCode", enum: Object.keys(problemTexts) }],
  [FilingEvent.shape.type, { id: "FilingEventType", ...open(typesTold("front-end")) }],
  [
    CloudEvent.shape.type,
    { id: "CloudEventType", ...open(typesTold("agency").map((type) => `ir.foad.complaint.${type}.v1`)) },
  ],
  [
    FilingCloudEvent.shape.type,
    { id: "FilingCloudEventType", ...open(typesTold("front-end").map((type) => `ir.foad.complaint.${type}.v1`)) },
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
