import * as z from "zod";
import { Finding, storedShapes } from "#shared/complaints/complaint.ts";
import { IssueId } from "#shared/identifier.ts";
import { UnknownFields } from "#shared/storage/newer-items.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Authority, Slug } from "#shared/vocabulary.ts";

/** The states of an issue: a repeated cause that one agency has to mend. */
export const IssueStatus = z.enum(["open", "planned", "done", "verified", "unconfirmed", "recurred", "withdrawn"]);
export type IssueStatus = z.infer<typeof IssueStatus>;

/** The step of the agency that is late: its plan, or its proof that the issue is mended. */
const LateStep = z.enum(["plan", "proof"]);

/** A text of the agency that no inspector has read yet. `number`: the event of the last such text. */
const UnreadText = z.object({
  number: z.int().min(1),
  since: Instant,
  readBy: Instant,
  overdue: z.literal(true).optional(),
});

/**
 * The state of an issue after its last event. It holds the fields for the rules, and of texts the title alone. Persons are the `sub`
 * of their tokens. A field that ends in `By` with a time is a deadline.
 */
export const Issue = z.object({
  id: IssueId,
  agencyId: Slug,
  category: Slug,
  cause: Slug.optional(),
  countyIds: z.array(Slug).min(1),
  officeIds: z.array(Slug).optional(),
  outage: z.boolean(),
  title: z.string(),
  status: IssueStatus,
  /** Number of the last event. */
  version: z.int().min(1),
  lastEventAt: Instant,
  openedAt: Instant,
  openedBy: z.string(),
  /** Number of the highest escalation level that was reached; 0 at the start. */
  level: z.int().min(0),
  /** The deadline of the last plan that was asked for. */
  planBy: Instant,
  /** Since when the last plan stands. */
  plannedAt: Instant.optional(),
  /** Until when the agency promised to mend it. */
  promisedBy: Instant.optional(),
  doneAt: Instant.optional(),
  verifiedAt: Instant.optional(),
  recurredAt: Instant.optional(),
  endedAt: Instant.optional(),
  /** While the agency is late: when the next escalation level is due. */
  nextLevelAt: Instant.optional(),
  /** While the agency is late: name of the state machine's execution that waits for the next escalation level. */
  escalationExecution: z.string().optional(),
  /** The escalation level of each step when the agency took the step. If the text is returned, the escalation continues from this level. */
  interrupted: z.partialRecord(LateStep, Instant).optional(),
  /** The steps that an inspector may take once, and has taken since the issue was opened or recurred. */
  used: z.array(z.enum(["plan-returned", "proof-returned", "promise-moved"])),
  unread: UnreadText.optional(),
  /** The last event whose text of the agency an inspector has read. Texts up to it are published. */
  readNumber: z.int().optional(),
  /** The event that ordered to answer all linked cases, while that is under way. */
  answering: z.int().optional(),
  newer: UnknownFields,
});
export type Issue = z.infer<typeof Issue>;

/** The events of an issue with their texts. Deadlines that an event starts stand in it, so events alone rebuild the issue. */
export const IssuePayload = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.object({ type: z.literal("opened"), summary: z.string(), planBy: Instant }),
    /** `responsible`: the unit or person at the agency, which is not published. */
    z.object({
      type: z.literal("planned"),
      what: z.string(),
      responsible: z.string(),
      promisedBy: Instant,
      readBy: Instant,
    }),
    z.object({ type: z.literal("plan-returned"), reason: z.string() }),
    z.object({ type: z.literal("promise-moved"), promisedBy: Instant, previously: Instant, reason: z.string() }),
    z.object({ type: z.literal("done"), text: z.string(), readBy: Instant }),
    z.object({ type: z.literal("proof-returned"), reason: z.string() }),
    z.object({ type: z.literal("texts-read"), number: z.int().min(1) }),
    /** The centre is late: no inspector has read the agency's text in time. */
    z.object({ type: z.literal("reading-overdue"), number: z.int().min(1) }),
    /** A visit or the answers of called citizens found the issue mended. Nothing says which of the two. */
    z.object({ type: z.literal("verified") }),
    z.object({ type: z.literal("unconfirmed") }),
    z.object({ type: z.literal("recurred"), reason: z.string(), planBy: Instant }),
    /** `step` is absent after a recurrence, which escalates at once. */
    z.object({
      type: z.literal("escalated"),
      level: z.int().min(1),
      authority: Authority,
      step: LateStep.optional(),
      dueAt: Instant,
      nextLevelAt: Instant.optional(),
    }),
    z.object({ type: z.literal("withdrawn"), reason: z.string() }),
    z.object({
      type: z.literal("answers-ordered"),
      officer: storedShapes.officer,
      finding: Finding,
      cause: Slug,
      text: z.string(),
      actions: z.array(storedShapes.action),
    }),
    /** How many linked complaints got the answer, and how many took none. An overseer does not read these counts. */
    z.object({
      type: z.literal("answers-given"),
      answered: z.int().min(0).optional(),
      skipped: z.int().min(0).optional(),
    }),
  ]),
);
export type IssuePayload = z.infer<typeof IssuePayload>;
export type IssueEventType = IssuePayload["type"];

/** Who caused an event of an issue. `clientId` is the application and `person` the `sub` of an official. */
export const IssueActor = z.object({
  by: z.enum(["inspector", "agency", "system"]),
  clientId: z.string().optional(),
  person: z.string().optional(),
});
export type IssueActor = z.infer<typeof IssueActor>;

/** The state of the issue right after an event, for consumers that do not read the issue. */
export const IssueSnapshot = Issue.pick({
  status: true,
  category: true,
  countyIds: true,
  outage: true,
  level: true,
  planBy: true,
  promisedBy: true,
});

export const IssueEvent = z.intersection(
  IssuePayload,
  IssueActor.extend({ version: z.int().min(1), at: Instant, after: IssueSnapshot }),
);
export type IssueEvent = z.infer<typeof IssueEvent>;

/** The outages that the catalog lists: the agency has not said that they are over. */
export const isOpenOutage = ({ outage, status }: Pick<Issue, "outage" | "status">) =>
  outage && (status === "open" || status === "planned" || status === "recurred");
