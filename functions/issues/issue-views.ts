import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { PeopleNames } from "#shared/people/people.ts";
import { historyShape, withInternalSteps } from "#shared/storage/internal-steps.ts";
import type { UnknownEvent } from "#shared/storage/newer-items.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Issue, IssueActor, type IssueEvent, IssuePayload } from "./issue.ts";
import { owedStep, passIssueTime } from "./issue-clock.ts";
import { issueMoves, issueMovesShape } from "./issue-lifecycle.ts";
import { IssueVisit } from "./issue-visits.ts";

/** An issue with all its events, as they are stored. `newer`: events of types that this version of the code does not know. */
export type IssueRecord = { issue: Issue; events: readonly IssueEvent[]; newer?: readonly UnknownEvent[] };

/** An issue in the public list: its state and dates, and of texts the title. No counts, no complaints, no people. */
export const PublicIssueRow = Issue.pick({
  id: true,
  title: true,
  agencyId: true,
  category: true,
  cause: true,
  countyIds: true,
  officeIds: true,
  outage: true,
  status: true,
  openedAt: true,
  planBy: true,
  plannedAt: true,
  promisedBy: true,
  doneAt: true,
  verifiedAt: true,
  recurredAt: true,
  endedAt: true,
}).meta({ id: "PublicIssueRow" });
export type PublicIssueRow = z.infer<typeof PublicIssueRow>;

/** The types of events that everybody may read. */
const PublicStep = z.enum([
  "opened",
  "planned",
  "plan-returned",
  "promise-moved",
  "done",
  "proof-returned",
  "verified",
  "unconfirmed",
  "recurred",
  "withdrawn",
]);

/** An issue as everybody reads it. Texts of the agency come once an inspector has read them. */
export const PublicIssueView = PublicIssueRow.extend({
  summary: z.string(),
  plan: z.object({ what: z.string(), at: Instant }).optional(),
  proof: z.object({ text: z.string(), at: Instant }).optional(),
  history: z.array(
    z.object({
      type: PublicStep,
      at: Instant,
      promisedBy: Instant.optional(),
      /** Why an inspector moved the promise, withdrew the issue, or says that it recurred. */
      reason: z.string().optional(),
    }),
  ),
}).meta({ id: "PublicIssueView" });
export type PublicIssueView = z.infer<typeof PublicIssueView>;

/** An issue in a list of officials. */
export const IssueRow = PublicIssueRow.extend({
  version: Issue.shape.version,
  /** Number of the highest escalation level that was reached. */
  level: z.int(),
  /** Since when the agency is late with its plan or its proof. */
  lateSince: Instant.optional(),
}).meta({ id: "IssueRow" });
export type IssueRow = z.infer<typeof IssueRow>;

/** An issue in the list of inspectors. */
export const InspectorIssueRow = IssueRow.extend({ openedBy: z.string(), unread: Issue.shape.unread }).meta({
  id: "InspectorIssueRow",
});
export type InspectorIssueRow = z.infer<typeof InspectorIssueRow>;

const HistoryOfIssue = historyShape(() => IssuePayload.unwrap().options, {
  number: z.int().min(1),
  at: Instant,
  by: IssueActor.shape.by,
  person: z.string().optional(),
});

const Texts = { summary: z.string(), answersUnderWay: z.boolean(), history: HistoryOfIssue, ...issueMovesShape };

/** An issue with every text, as its agency and overseers read it. Overseers have no moves. */
export const IssueView = IssueRow.extend(Texts).meta({ id: "IssueView" });
export type IssueView = z.infer<typeof IssueView>;

/** A visit that found the issue mended. `publishAt`: when the issue becomes verified by it. */
const VisitOfIssue = IssueVisit.pick({ reportedAt: true, person: true, arrivedAt: true, text: true, publishAt: true });

/** An issue with every text, as inspectors read it. */
export const InspectorIssueView = InspectorIssueRow.extend({
  ...Texts,
  visits: z.array(VisitOfIssue),
  /** The names of the people who acted. */
  people: PeopleNames,
}).meta({ id: "InspectorIssueView" });
export type InspectorIssueView = z.infer<typeof InspectorIssueView>;

export const publicIssueRow = (issue: Issue): PublicIssueRow => PublicIssueRow.parse(issue);

export function publicIssueView(record: IssueRecord, now: Instant): PublicIssueView {
  const { issue, events } = asItIsNow(record, now);
  const isRead = ({ version }: IssueEvent) => version <= (issue.readNumber ?? 0);
  const plan = standing(events, "planned");
  const proof = standing(events, "done");
  return PublicIssueView.parse({
    ...issue,
    summary: openingOf(events).summary,
    plan: plan && issue.plannedAt && isRead(plan) ? { what: plan.what, at: plan.at } : undefined,
    proof: proof && issue.doneAt && isRead(proof) ? { text: proof.text, at: proof.at } : undefined,
    history: events.flatMap((event) => publicStep(event) ?? []),
  });
}

const reasonedInPublic: readonly IssueEvent["type"][] = ["promise-moved", "recurred", "withdrawn"];

function publicStep(event: IssueEvent): PublicIssueView["history"][number] | undefined {
  const { success, data: type } = PublicStep.safeParse(event.type);
  if (!success) return undefined;
  const promisedBy = "promisedBy" in event ? event.promisedBy : undefined;
  const reason = "reason" in event && reasonedInPublic.includes(event.type) ? event.reason : undefined;
  return { type, at: event.at, promisedBy, reason };
}

/** The last plan or proof. The issue says whether it stands: a recurrence or a return ends it. */
function standing<T extends "planned" | "done">(events: readonly IssueEvent[], type: T) {
  return events.findLast((event): event is IssueEvent & { type: T } => event.type === type);
}

export function issueRow(issue: Issue, now: Instant): IssueRow {
  return IssueRow.parse({ ...issue, lateSince: lateSince(issue, now) });
}

export function inspectorIssueRow(issue: Issue, now: Instant): InspectorIssueRow {
  return InspectorIssueRow.parse({ ...issue, lateSince: lateSince(issue, now) });
}

/** Since when the agency is late with its next step; undefined if it is not late. */
export function lateSince(issue: Issue, now: Instant): Instant | undefined {
  const owed = owedStep(issue);
  return owed && owed.by <= now ? owed.by : undefined;
}

/** `readsOnly`: of the agency's head, who has no moves. */
type Viewing = { now: Instant; viewer: "agency" | "overseer"; readsOnly?: true | undefined };

/**
 * The agency reads its own officers with their numbers, an overseer only their names, and not how many complaints are linked. Neither
 * learns which inspector acted.
 */
export function issueView(record: IssueRecord, { now, viewer, readsOnly }: Viewing) {
  const { issue, events } = asItIsNow(record, now);
  const history = events.map((event) => ({
    ...(viewer === "agency" ? event : withoutCounts(withOfficersNameOnly(event))),
    number: event.version,
    person: event.by === "agency" && viewer === "agency" ? event.person : undefined,
  }));
  const moves = issueMoves(issue, { by: { caller: readsOnly ? "head" : viewer }, now });
  const steps = withInternalSteps(history, record.newer);
  return IssueView.parse({ ...issueRow(issue, now), ...textsOf(issue, events), ...moves, history: steps });
}

export function inspectorIssueView(
  record: IssueRecord,
  { now, people, visits }: { now: Instant; people: z.infer<typeof PeopleNames>; visits: readonly IssueVisit[] },
): InspectorIssueView {
  const { issue, events } = asItIsNow(record, now);
  const history = events.map((event) => ({ ...withOfficersNameOnly(event), number: event.version }));
  const shown = { ...textsOf(issue, events), ...issueMoves(issue, { by: { caller: "inspector" }, now }) };
  const steps = withInternalSteps(history, record.newer);
  return InspectorIssueView.parse({ ...inspectorIssueRow(issue, now), ...shown, history: steps, visits, people });
}

function withOfficersNameOnly(event: IssueEvent): IssueEvent {
  return event.type === "answers-ordered" ? { ...event, officer: { name: event.officer.name } } : event;
}

function withoutCounts(event: IssueEvent): IssueEvent {
  return event.type === "answers-given" ? { ...event, answered: undefined, skipped: undefined } : event;
}

const textsOf = (issue: Issue, events: readonly IssueEvent[]) => ({
  summary: openingOf(events).summary,
  answersUnderWay: issue.answering !== undefined,
});

/** The record with the changes that time has made since its last event. */
function asItIsNow({ issue, events }: IssueRecord, now: Instant): Omit<IssueRecord, "newer"> {
  const passed = passIssueTime(issue, now);
  return { issue: passed.issue, events: [...events, ...passed.events] };
}

function openingOf(events: readonly IssueEvent[]) {
  const [opened] = events;
  if (opened?.type !== "opened") throw new Fault("unavailable");
  return opened;
}

/** A present outage of a service, as the catalog lists it. `expectedUntil`: the time that the agency promised. */
export const OpenOutage = z
  .object({
    issueId: Issue.shape.id,
    title: z.string(),
    agencyId: z.string(),
    countyIds: z.array(z.string()),
    officeIds: z.array(z.string()).optional(),
    since: Instant,
    expectedUntil: Instant.optional(),
  })
  .meta({ id: "OpenOutage" });
export type OpenOutage = z.infer<typeof OpenOutage>;

export function openOutage({ id, openedAt, promisedBy, recurredAt, ...issue }: Issue): OpenOutage {
  return OpenOutage.parse({ ...issue, issueId: id, since: recurredAt ?? openedAt, expectedUntil: promisedBy });
}
