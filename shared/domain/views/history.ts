import * as z from "zod";
import { seesUnmaskedTexts } from "../complaint/access.ts";
import { Finding, storedShapes } from "../complaint/complaint.ts";
import type { ConfidentialEntry } from "../complaint/confidential-log.ts";
import { Actor, type ComplaintEvent, type UnknownEvent } from "../complaint/event.ts";
import { isVisibleTo, type Viewer } from "../complaint/event-rules.ts";
import { Instant } from "../time/calendar.ts";
import { Slug } from "../vocabulary.ts";

/**
 * One entry of a history: who did what when, and what it says. Of type `internal` where the reader is not told what.
 * What stands in the private series has a number of its own among what the reader is told of it, `private`, and no version.
 */
export const HistoryEntry = z.looseObject({
  version: z.int().optional(),
  private: z.int().optional(),
  type: z.string(),
  at: Instant,
  by: Actor.optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Who reads a history; `named`: whether they may know who complains, and so read the citizen's own words. */
type HistoryViewer = { viewer: Exclude<Viewer, "front-end">; readsIdentity: boolean };

/** What happened, openly and privately; `newer`: of which this code cannot tell what it says, nor to whom. */
type HistorySource = {
  events: ComplaintEvent[];
  newer?: readonly UnknownEvent[];
  confidentialLog?: readonly ConfidentialEntry[];
};

/** What the reader is told of, by time, with texts masked where the reader may not know who complains. */
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
    .filter((one) => isVisibleTo(viewer, one))
    .flatMap((one) => confidentialHistoryEntry(one, viewer) ?? []);
  // Numbered as they are told: a gap would tell of what is not, such as an opinion.
  const numbered = confidentialEntries.map((entry, n) => ({ ...entry, private: n + 1 }));
  return [...visibleEntries, ...internal, ...numbered].sort(byTime);
}

/** What happened at the same time by its number; what is noted in private comes after it, in its own order. */
function byTime(a: HistoryEntry, b: HistoryEntry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  const [first = Infinity, second = Infinity] = [a.version, b.version];
  return first === second ? 0 : first - second;
}

function confidentialHistoryEntry(
  { client: _client, person, after: _after, ...said }: ConfidentialEntry,
  viewer: HistoryViewer["viewer"],
): HistoryEntry | undefined {
  const visible = said.type === "called" || said.type === "phone-read" ? withoutCallSample(said) : said;
  if (viewer !== "inspector") return visible;
  const isOpinion = said.type === "opinion-given" || said.type === "called";
  return isOpinion ? opinionForInspectors(visible) : { ...visible, ...(person && { person }) };
}

/** What only figures are made of. */
function withoutCallSample<C extends { group?: unknown; probability?: unknown }>({
  group: _g,
  probability: _p,
  ...told
}: C) {
  return told;
}

/** Of an opinion inspectors read what calls for one of them: that the citizen was pressed, and the comment. */
function opinionForInspectors({
  solved: _solved,
  handling: _handling,
  ...told
}: HistoryEntry): HistoryEntry | undefined {
  return told.pressed || told.comment ? told : undefined;
}

/** The event without the fields that are only for the code. */
function eventHistoryEntry(event: ComplaintEvent, { viewer, readsIdentity }: HistoryViewer): HistoryEntry {
  const { client: _client, person, after: _after, masked, ...eventFields } = event;
  const told = eventFields.type === "filed" ? filedHistoryEntry(eventFields, viewer) : eventFields;
  const inTheOffice = viewer === "agency" || viewer === "inspector";
  // What an agency wrote reads the same whoever complains and whether that is shared: else it would read back guesses.
  const isMasked = event.by === "agency" ? !seesUnmaskedTexts[viewer] : !readsIdentity;
  const entry: HistoryEntry = { ...told, ...(isMasked && masked), ...(viewer === "inspector" && person && { person }) };
  // Citizens and overseers are told the officer's name, but not the personnel id.
  return "officer" in event && event.officer && !inTheOffice
    ? { ...entry, officer: { name: event.officer.name } }
    : entry;
}

type FiledEventFields = { origin: unknown; counting?: unknown; channel: unknown };

/** Without the fields for rebuilding and counting; agencies and overseers do not read the channel, as in their views. */
function filedHistoryEntry<E extends FiledEventFields>(
  { origin: _, counting: _counting, channel, ...told }: E,
  as: HistoryViewer["viewer"],
) {
  return as === "citizen" || as === "inspector" ? { ...told, channel } : told;
}

/** What stood before there were causes has none. */
const Answer = z.object({
  finding: Finding,
  cause: Slug.optional(),
  text: z.string(),
  actions: z.array(storedShapes.action),
  at: Instant,
});
/** Where the agency had answered, it says whether that is upheld. */
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

/** A history summed up: the last answer and decision, all messages, all files. */
export const HistorySummary = z.object({
  answer: Answer.optional(),
  decision: Decision.optional(),
  messages: z.array(Message),
  attachments: z.array(Attachment),
});
export type HistorySummary = z.infer<typeof HistorySummary>;

export function historySummary(history: HistoryEntry[]): HistorySummary {
  const all = (type: string) => history.filter((entry) => entry.type === type);
  return HistorySummary.parse({
    answer: all("answered").at(-1),
    decision: all("decided").at(-1),
    messages: all("message-posted"),
    attachments: all("attachment-added"),
  });
}
