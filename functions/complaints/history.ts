import * as z from "zod";
import { officerFor, seesUnmaskedTexts } from "#shared/complaints/access.ts";
import { Finding, storedShapes } from "#shared/complaints/complaint.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { Actor, type ComplaintEvent } from "#shared/complaints/event.ts";
import { isVisibleTo, type Viewer } from "#shared/complaints/event-rules.ts";
import type { UnknownEvent } from "#shared/storage/newer-items.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Slug } from "#shared/vocabulary.ts";
import { PromiseView, promisesIn } from "./promise-views.ts";

/**
 * One entry of a complaint's history. `version`: the number of its event. Entries from the confidential log have the
 * number `entryNumber` instead, which counts only the entries that the reader sees. The type `internal` hides the real
 * type.
 */
export const HistoryEntry = z.looseObject({
  version: z.int().optional(),
  entryNumber: z.int().optional(),
  type: z.string(),
  at: Instant,
  by: Actor.optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/**
 * The reader of a history. `readsIdentity`: whether the reader may see the citizen's identity, and so the unmasked
 * texts.
 */
type HistoryViewer = { viewer: Exclude<Viewer, "front-end">; readsIdentity: boolean };

/** The records of a history. `newer`: events of types that this version of the code does not know. */
type HistorySource = {
  events: ComplaintEvent[];
  newer?: readonly UnknownEvent[];
  confidentialLog?: readonly ConfidentialEntry[];
};

/**
 * Returns the entries that the reader may see, in the order of time. Texts are masked where the reader may not see the
 * identity. The citizen also sees that hidden events exist: as entries of the type `internal`.
 */
export function historyFor(
  { events, newer = [], confidentialLog = [] }: HistorySource,
  { viewer, readsIdentity }: HistoryViewer,
): HistoryEntry[] {
  const visibleEntries = events
    .filter((event) => isVisibleTo(viewer, event))
    .map((event) => eventHistoryEntry(event, { viewer, readsIdentity }));
  const hiddenEvents = viewer === "citizen" ? [...events.filter((event) => !isVisibleTo(viewer, event)), ...newer] : [];
  const internal = hiddenEvents.map(({ version, at }) => ({ version, type: "internal", at }));
  const confidentialEntries = confidentialLog
    .filter((entry) => isVisibleTo(viewer, entry))
    .flatMap((entry) => confidentialHistoryEntry(entry, viewer) ?? []);
  // The numbers count only visible entries. A gap would reveal a hidden entry, such as an opinion.
  const numbered = confidentialEntries.map((entry, n) => ({ ...entry, entryNumber: n + 1 }));
  return [...visibleEntries, ...internal, ...numbered].sort(byTime);
}

/**
 * At the same instant, events come first, in the order of their versions, and then the confidential entries in their
 * order.
 */
function byTime(a: HistoryEntry, b: HistoryEntry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  const [first = Infinity, second = Infinity] = [a.version, b.version];
  return first === second ? 0 : first - second;
}

/** Fields that no view shows: why and with which draw the citizen was called, and whether a refused text had a word of the identity. */
type Unseen = { group?: unknown; probability?: unknown; purpose?: unknown; comparedText?: unknown };

function confidentialHistoryEntry(
  { clientId: _client, person, after: _after, ...fields }: ConfidentialEntry,
  viewer: HistoryViewer["viewer"],
): HistoryEntry | undefined {
  // Who was not called again has answered: inspectors must not count the answers before the result.
  if (viewer === "inspector" && "purpose" in fields && fields.purpose === "issue") return undefined;
  const {
    group: _group,
    probability: _probability,
    purpose: _purpose,
    comparedText: _text,
    ...visible
  } = fields as typeof fields & Unseen;
  if (viewer !== "inspector") return withoutInspectorsSub(visible);
  const isOpinion =
    fields.type === "opinion-given" || (fields.type === "call-recorded" && fields.outcome === "answered");
  return isOpinion ? opinionForInspectors(visible) : { ...visible, ...(person && { person }) };
}

const typesThatNameInspectors: readonly string[] = ["identity-read", "renewal-requested", "secret-renewed"];

/** The citizen reads the name of the inspector who saw the identity or renewed the secret, and never the `sub` of a person. */
function withoutInspectorsSub<E extends { type: string }>(entry: E) {
  const { inspector, name, ...visible }: E & { inspector?: string; name?: string } = entry;
  return typesThatNameInspectors.includes(entry.type) ? { ...visible, inspector: name ?? inspector } : visible;
}

/** Inspectors read only the parts of an opinion that they can act on: that the citizen was pressured, and the comment. */
function opinionForInspectors(opinion: HistoryEntry): HistoryEntry | undefined {
  const { solved: _solved, handling: _handling, ...visible } = opinion;
  return visible.pressured || visible.comment ? visible : undefined;
}

/** Returns an event without its internal fields, with masked texts where the reader may not see the identity. */
function eventHistoryEntry(event: ComplaintEvent, { viewer, readsIdentity }: HistoryViewer): HistoryEntry {
  const { clientId: _client, person, after: _after, maskedTexts, ...eventFields } = event;
  const visible = eventFields.type === "filed" ? filedHistoryEntry(eventFields, viewer) : eventFields;
  // The masking of an agency's or an overseer's own texts must not depend on the identity or on consent. Otherwise the
  // writer could write a guessed name and see in the own text whether the name is right.
  const isByGuesser = event.by === "agency" || event.by === "overseer";
  const isMasked = isByGuesser ? !seesUnmaskedTexts[viewer] : !readsIdentity;
  const entry: HistoryEntry = {
    ...visible,
    ...(isMasked && maskedTexts),
    ...(viewer === "inspector" && person && { person }),
  };
  return "officer" in event && event.officer ? { ...entry, officer: officerFor(event.officer, viewer) } : entry;
}

type FiledEventFields = { origin: unknown; statistics?: unknown; channel: unknown };

/** Removes the fields for rebuilding and statistics. Only citizens and inspectors see the channel, as in their views. */
function filedHistoryEntry<E extends FiledEventFields>(filed: E, viewer: HistoryViewer["viewer"]) {
  const { origin: _origin, statistics: _statistics, channel, ...visible } = filed;
  return viewer === "citizen" || viewer === "inspector" ? { ...visible, channel } : visible;
}

/** `cause`: absent in answers from before causes existed. */
const Answer = z.object({
  finding: Finding,
  cause: Slug.optional(),
  text: z.string(),
  actions: z.array(storedShapes.action),
  at: Instant,
});
/** `upholdsAnswer`: only if the agency had answered. */
const Decision = Answer.extend({ upholdsAnswer: z.boolean().optional() });
const Message = z.object({
  at: Instant,
  by: Actor,
  text: z.string(),
  officer: storedShapes.officer.partial({ name: true }).optional(),
});
const Attachment = z.object({
  attachmentId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.int(),
  at: Instant,
});

/** The summary of a history: the last answer, the last decision, all promised actions, all messages and all files. */
export const HistorySummary = z.object({
  answer: Answer.optional(),
  decision: Decision.optional(),
  promises: z.array(PromiseView),
  messages: z.array(Message),
  attachments: z.array(Attachment),
});
export type HistorySummary = z.infer<typeof HistorySummary>;

export function historySummary(history: HistoryEntry[]): HistorySummary {
  const entriesOf = (type: string) => history.filter((entry) => entry.type === type);
  return HistorySummary.parse({
    answer: entriesOf("answered").at(-1),
    decision: entriesOf("decided").at(-1),
    promises: promisesIn(history),
    messages: entriesOf("message-posted"),
    attachments: entriesOf("attachment-added"),
  });
}
