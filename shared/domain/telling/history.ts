import * as z from "zod";
import { Finding, Officer, PromisedAction } from "../complaint/complaint.ts";
import { Actor, type ComplaintEvent } from "../complaint/event.ts";
import { Instant } from "../time/instant.ts";
import { isTold, type Viewer } from "./audience.ts";

/**
 * One entry of a history: who did what when, and what it says. Of type `internal` where the reader is not told what.
 */
export const HistoryEntry = z.looseObject({ version: z.int(), type: z.string(), at: Instant, by: Actor.optional() });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Who reads a history; `named`: whether they may know who complains, and so read unmasked texts. */
type Reading = { as: Exclude<Viewer, "front-end">; named: boolean };

/** The events that the reader is told of, with texts masked where the reader may not know who complains. */
export function historyFor(events: ComplaintEvent[], { as, named }: Reading): HistoryEntry[] {
  return events.flatMap((event): HistoryEntry[] => {
    if (isTold(as, event)) return [entryFor(event, { as, named })];
    const { version, at } = event;
    return as === "citizen" ? [{ version, type: "internal", at }] : [];
  });
}

/** The event without the fields that are only for the code. */
function entryFor(event: ComplaintEvent, { as, named }: Reading): HistoryEntry {
  const { client: _client, person, after: _after, masked, ...said } = event;
  const told = said.type === "filed" ? withoutOrigin(said) : said;
  const entry: HistoryEntry = { ...told, ...(!named && masked), ...(as === "inspector" && person && { person }) };
  const inTheOffice = as === "agency" || as === "inspector";
  // Citizens and overseers are told the officer's name, but not the personnel id.
  return "officer" in event && event.officer && !inTheOffice
    ? { ...entry, officer: { name: event.officer.name } }
    : entry;
}

function withoutOrigin<E extends { origin: unknown }>({ origin: _, ...told }: E) {
  return told;
}

const Answer = z.object({ finding: Finding, text: z.string(), actions: z.array(PromisedAction), at: Instant });
const Message = z.object({
  at: Instant,
  by: Actor,
  text: z.string(),
  officer: Officer.partial({ name: true }).optional(),
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
  decision: Answer.optional(),
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
