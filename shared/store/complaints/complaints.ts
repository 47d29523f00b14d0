import * as z from "zod";
import { Attachment } from "#shared/domain/attachments/attachment.ts";
import type { Change } from "#shared/domain/complaint/change.ts";
import { Complaint, Narrative, owedBy } from "#shared/domain/complaint/complaint.ts";
import { ComplaintEvent, NewerEvent, Snapshot } from "#shared/domain/complaint/event.ts";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { dueOf } from "#shared/domain/escalation/escalation.ts";
import { Fault } from "#shared/domain/fault.ts";
import { agenciesTold, isTold } from "#shared/domain/telling/audience.ts";
import type { Story } from "#shared/domain/telling/view.ts";
import { ladder } from "#shared/province/slices.static.ts";
import {
  agencyFeedKey,
  attachmentKey,
  complaintKey,
  deskKey,
  dueKey,
  eventKey,
  eventPrefix,
  feedPlace,
  frontEndFeedKey,
  giverEntryKey,
  headKey,
  inboxKey,
  textKey,
} from "#shared/runtime/keys.ts";
import { readItem, readPartition } from "../items.ts";
import { allReadable, readable, readableEither, readableWhole, wholeItem } from "../readable.ts";
import { type Condition, ifNew, putting, unchangedSince, type Writes } from "../transaction.ts";
import { hasLapsed } from "./expiry.ts";
import { putReportedVisit } from "./private-series.ts";

type Put = Writes[number];

const Filed = z.object({ after: Snapshot.pick({ agencyId: true }) });

/** Puts the head: the complaint, and the keys by which the indexes list it. */
export function putHead({ complaint, condition }: { complaint: Complaint; condition: Condition | undefined }): Put {
  const keys = { pk: complaintKey(complaint.id), sk: headKey };
  const owedAt = owedBy(complaint);
  const inbox = !complaint.retaliationFor && { inbox: inboxKey(complaint), inboxAt: owedAt };
  const { status, level } = complaint;
  const isOnDesk = (status === "disputed" || (status !== "closed" && level > 0)) && !isSandbox(complaint);
  const desk = isOnDesk && { desk: deskKey(complaint), deskAt: owedAt };
  const dueAt = dueOf(complaint, ladder);
  const due = dueAt && { due: dueKey(complaint.id), dueAt };
  return putting({ ...wholeItem(complaint), ...keys, ...inbox, ...desk, ...due }, condition);
}

type Written = {
  complaint: Pick<Complaint, "id" | "filedBy">;
  event: ComplaintEvent;
  /** Fields beside the event's own, which only the store reads. */
  extra?: Record<string, unknown>;
};

/** Puts an event with the keys of the feeds it is told in. A second agency needs an entry of its own. */
export function putEvent({ complaint: { id, filedBy }, event, extra = {} }: Written): Put[] {
  const [agencyId, giver] = agenciesTold(event).reverse();
  const place = feedPlace(event);
  const inbox = (told: string | undefined) => told && { inbox: agencyFeedKey(told), inboxAt: place };
  const desk = isTold("front-end", event) && { desk: frontEndFeedKey(filedBy), deskAt: place };
  const item = { ...event, complaintId: id, pk: complaintKey(id) };
  const puts = [
    { ...item, ...extra, sk: eventKey(event.version), ...inbox(agencyId), ...desk },
    ...(giver ? [{ ...item, sk: giverEntryKey(event.version), ...inbox(giver) }] : []),
  ];
  return puts.map((item) => putting(item, ifNew));
}

export function putNarrative({ id, narrative }: { id: string; narrative: Narrative }): Put {
  return putting({ ...narrative, pk: complaintKey(id), sk: textKey });
}

/** What a change writes: the new head, unless somebody changed it since it was read, the events, and a visit. */
export function writesOfChange({ complaint, events, visit }: Change): Put[] {
  return [
    putHead({ complaint, condition: unchangedSince(complaint.version - events.length) }),
    ...events.flatMap((event) => putEvent({ complaint, event })),
    ...(visit ? [putReportedVisit(complaint.id, visit)] : []),
  ];
}

/** The complaint as it stands now; undefined where there is none. */
export async function readHead(id: string): Promise<Complaint | undefined> {
  const item = await readItem({ pk: complaintKey(id), sk: headKey });
  return hasLapsed(item, new Date().toISOString()) ? undefined : readableWhole(Complaint, item);
}

/** The agency that a complaint was filed at, wherever it is now. The complaint must exist. */
export async function readFiledAgency(id: string): Promise<string> {
  const item = await readItem({ pk: complaintKey(id), sk: eventKey(1) }, { ConsistentRead: false });
  return readable(Filed, item).after.agencyId;
}

/** All that was written about a complaint, with its events in order; throws `not-found` where there is no such one. */
export async function readStory(id: string): Promise<Story> {
  return storyOf(await readPartition(complaintKey(id)));
}

/** The story up to the version that the caller read or wrote, whatever others have done to the complaint since. */
export async function readStoryUpTo(complaint: Complaint): Promise<Story> {
  const story = await readStory(complaint.id);
  const byThen = ({ version }: { version: number }) => version <= complaint.version;
  return { ...story, complaint, events: story.events.filter(byThen), newer: story.newer?.filter(byThen) };
}

function storyOf(items: Record<string, unknown>[]): Story {
  const at = (key: string) => items.find(({ sk }) => sk === key);
  const under = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  const head = at(headKey);
  // A secret outlives what was forgotten, or lost in a restore.
  if (!head || hasLapsed(head, new Date().toISOString())) throw new Fault("not-found");
  const complaint = readable(Complaint, head);
  // A move written between two pages would leave an event here that the head does not know of.
  const written = under(eventPrefix).filter(({ version }) => Number(version) <= complaint.version);
  const { known: events, newer } = readableEither({ known: ComplaintEvent, newer: NewerEvent }, written);
  return {
    complaint,
    narrative: readable(Narrative, at(textKey)),
    events,
    newer,
    uploads: allReadable(Attachment, under(attachmentKey(""))),
  };
}
