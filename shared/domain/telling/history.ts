import * as z from "zod";
import { knowsCitizen } from "../complaint/access.ts";
import { Finding, stored } from "../complaint/complaint.ts";
import { Actor, type ComplaintEvent, type NewerEvent } from "../complaint/event.ts";
import type { PrivateEvent } from "../complaint/private-series.ts";
import { Instant } from "../time/instant.ts";
import { Slug } from "../vocabulary.ts";
import { isTold, type Viewer } from "./audience.ts";

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
type Reading = { as: Exclude<Viewer, "front-end">; named: boolean };

/** What happened, openly and privately; `newer`: of which this code cannot tell what it says, nor to whom. */
type Told = { events: ComplaintEvent[]; newer?: readonly NewerEvent[]; series?: readonly PrivateEvent[] };

/** What the reader is told of, by time, with texts masked where the reader may not know who complains. */
export function historyFor({ events, newer = [], series = [] }: Told, { as, named }: Reading): HistoryEntry[] {
  const told = events.filter((event) => isTold(as, event)).map((event) => entryFor(event, { as, named }));
  const untold = as === "citizen" ? [...events.filter((event) => !isTold(as, event)), ...newer] : [];
  const internal = untold.map(({ version, at }) => ({ version, type: "internal", at }));
  const noted = series.filter((one) => isTold(as, one)).flatMap((one) => privateEntry(one, as) ?? []);
  // Numbered as they are told: a gap would tell of what is not, such as an opinion.
  const numbered = noted.map((entry, n) => ({ ...entry, private: n + 1 }));
  return [...told, ...internal, ...numbered].sort(byTime);
}

/** What happened at the same time by its number; what is noted in private comes after it, in its own order. */
function byTime(a: HistoryEntry, b: HistoryEntry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  const [first = Infinity, second = Infinity] = [a.version, b.version];
  return first === second ? 0 : first - second;
}

function privateEntry(
  { client: _client, person, after: _after, ...said }: PrivateEvent,
  as: Reading["as"],
): HistoryEntry | undefined {
  const told = said.type === "called" || said.type === "phone-read" ? withoutDraw(said) : said;
  if (as !== "inspector") return told;
  const isOpinion = said.type === "opinion-given" || said.type === "called";
  return isOpinion ? forInspectors(told) : { ...told, ...(person && { person }) };
}

/** What only figures are made of. */
function withoutDraw<C extends { group?: unknown; probability?: unknown }>({ group: _g, probability: _p, ...told }: C) {
  return told;
}

/** Of an opinion inspectors read what calls for one of them: that the citizen was pressed, and the comment. */
function forInspectors({ solved: _solved, handling: _handling, ...told }: HistoryEntry): HistoryEntry | undefined {
  return told.pressed || told.comment ? told : undefined;
}

/** The event without the fields that are only for the code. */
function entryFor(event: ComplaintEvent, { as, named }: Reading): HistoryEntry {
  const { client: _client, person, after: _after, masked, ...said } = event;
  const told = said.type === "filed" ? asFiled(said, as) : said;
  const inTheOffice = as === "agency" || as === "inspector";
  // What an agency wrote reads the same whoever complains and whether that is shared: else it would read back guesses.
  const isMasked = event.by === "agency" ? !knowsCitizen[as] : !named;
  const entry: HistoryEntry = { ...told, ...(isMasked && masked), ...(as === "inspector" && person && { person }) };
  // Citizens and overseers are told the officer's name, but not the personnel id.
  return "officer" in event && event.officer && !inTheOffice
    ? { ...entry, officer: { name: event.officer.name } }
    : entry;
}

type FiledFields = { origin: unknown; counting?: unknown; channel: unknown };

/** Without the fields for rebuilding and counting; agencies and overseers do not read the channel, as in their views. */
function asFiled<E extends FiledFields>({ origin: _, counting: _counting, channel, ...told }: E, as: Reading["as"]) {
  return as === "citizen" || as === "inspector" ? { ...told, channel } : told;
}

/** What stood before there were causes has none. */
const Answer = z.object({
  finding: Finding,
  cause: Slug.optional(),
  text: z.string(),
  actions: z.array(stored.action),
  at: Instant,
});
/** Where the agency had answered, it says whether that is upheld. */
const Decision = Answer.extend({ upholdsAnswer: z.boolean().optional() });
const Message = z.object({
  at: Instant,
  by: Actor,
  text: z.string(),
  officer: stored.officer.partial({ name: true }).optional(),
});
const Attachment = z.object({
  attachmentId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.int(),
  at: Instant,
});

/** A history summed up: the last answer and decision, all messages, all files. */
export const Outcome = z.object({
  answer: Answer.optional(),
  decision: Decision.optional(),
  messages: z.array(Message),
  attachments: z.array(Attachment),
});
export type Outcome = z.infer<typeof Outcome>;

export function outcomeOf(history: HistoryEntry[]): Outcome {
  const all = (type: string) => history.filter((entry) => entry.type === type);
  return Outcome.parse({
    answer: all("answered").at(-1),
    decision: all("decided").at(-1),
    messages: all("message-posted"),
    attachments: all("attachment-added"),
  });
}
