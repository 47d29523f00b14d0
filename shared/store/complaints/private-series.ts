import { Claimed } from "#shared/domain/complaint/claim.ts";
import { Visit } from "#shared/domain/complaint/complaint.ts";
import { type Note, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { Fault } from "#shared/domain/fault.ts";
import { rolesTold } from "#shared/domain/telling/notification.ts";
import type { Confidence } from "#shared/domain/telling/view.ts";
import { env } from "#shared/runtime/env.ts";
import {
  claimKey,
  isPrivateEventKey,
  pressedDeskKey,
  pressedKey,
  privateEventKey,
  privateKey,
  spentPrefix,
  visitKey,
  visitsDeskKey,
} from "#shared/runtime/keys.ts";
import { readAll, readItem } from "../items.ts";
import { allReadable, readableWhole, wholeItem } from "../readable.ts";
import { ifNew, putting, type Writes } from "../transaction.ts";

/**
 * The confidential entries of a complaint in order, its visits, and the last claim, for a decision. Throws `unavailable`
 * where one entry cannot be read: it could be a hold, a refusal or a consent that was taken back.
 */
export async function readConfidence(id: string): Promise<Confidence & { noted: number }> {
  const confidence = await readConfidenceToShow(id);
  if (confidence.series.length < confidence.noted) throw new Fault("unavailable");
  return confidence;
}

/**
 * The same for a view, without the entries that only a newer version of this code can read. `noted`: how many entries
 * there are, with those.
 */
export async function readConfidenceToShow(id: string): Promise<Confidence & { noted: number }> {
  const items = await readAll({
    KeyConditionExpression: "pk = :pk AND sk < :spent",
    ExpressionAttributeValues: { ":pk": privateKey(id), ":spent": spentPrefix },
  });
  const notes = items.filter(isNote);
  return {
    series: allReadable(PrivateEvent, notes),
    noted: notes.length,
    visits: inOrder(allReadable(Visit, items.filter(isVisit))),
    claim: allReadable(Claimed, items.filter(isClaim))[0]?.claim,
  };
}

const isNote = ({ sk }: Record<string, unknown>) => isPrivateEventKey(String(sk));
const isClaim = ({ sk }: Record<string, unknown>) => sk === claimKey;
const isVisit = ({ sk }: Record<string, unknown>) => String(sk).startsWith(visitKey(""));
const inOrder = (visits: Visit[]) => visits.sort((a, b) => (a.orderedAt < b.orderedAt ? -1 : 1));

/** A visit of a complaint as it stands; undefined where it was never ordered. */
export async function readVisit({ id, visitId }: { id: string; visitId: string }): Promise<Visit | undefined> {
  const item = await readItem(keysOfVisit(id, { visitId }));
  return readableWhole(Visit, item);
}

type Noting = {
  id: string;
  notes: readonly Note[];
  /** How many notes there are already; a note that somebody else adds meanwhile makes the writes fail. */
  after: number;
  /** Whether another event, written together with these, tells the citizen by mail. */
  toldOtherwise?: true;
};

/** Puts notes as the series' next, and the visits that they order. */
export function writesOfNotes({ id, notes, after, toldOtherwise }: Noting): Writes {
  const events = notes.map((note, n): PrivateEvent => ({ ...note, private: after + 1 + n }));
  return events.flatMap((event) => [
    putNote(id, { event, isMailed: !toldOtherwise && rolesTold(event).length > 0 }),
    ...(event.type === "visit-ordered" ? [putOrderedVisit(id, visitOf(event))] : []),
  ]);
}

function visitOf({ visitId, at, plannedAt }: { visitId: string; at: string; plannedAt?: string | undefined }): Visit {
  return { visitId, orderedAt: at, plannedAt };
}

/** `mailed` is what the stream's reader is told of: of all other notes nobody is to hear. */
function putNote(id: string, { event, isMailed }: { event: PrivateEvent; isMailed: boolean }): Writes[number] {
  const keys = { pk: privateKey(id), sk: privateEventKey(event.private) };
  const Item = { ...event, complaintId: id, ...keys, ...(isMailed && { mailed: true }) };
  return putting(Item, ifNew);
}

/** A visit is on the inspectors' list until it is reported, or nothing more is written of its complaint. */
function putOrderedVisit(id: string, visit: Visit): Writes[number] {
  const desk = { desk: visitsDeskKey, deskAt: visit.plannedAt ?? visit.orderedAt };
  return putting({ ...wholeItem(visit), ...desk, id, ...keysOfVisit(id, visit) }, ifNew);
}

/** On the condition that the visit is on the list, from which it goes. */
export function putReportedVisit(id: string, visit: Visit): Writes[number] {
  const isListed = { ConditionExpression: "attribute_exists(desk)" };
  return putting({ ...wholeItem(visit), id, ...keysOfVisit(id, visit) }, isListed);
}

/** Takes visits that were not reported off the list, after which no report of them can be written. */
export function takingOffList(id: string, visits: readonly Visit[]): Writes {
  return visits
    .filter(({ reportedAt }) => !reportedAt)
    .map((visit) => ({
      Update: {
        TableName: env("COMPLAINTS_TABLE"),
        Key: keysOfVisit(id, visit),
        UpdateExpression: "REMOVE desk, deskAt",
      },
    }));
}

function keysOfVisit(id: string, { visitId }: Pick<Visit, "visitId">) {
  return { pk: privateKey(id), sk: visitKey(visitId) };
}

/** Puts a complaint on the desk of those whose citizens were pressed, or takes it off. */
export function putPressed(id: string, pressedAt: string | undefined): Writes[number] {
  const desk = pressedAt && { desk: pressedDeskKey, deskAt: pressedAt };
  return putting({ pk: privateKey(id), sk: pressedKey, id, ...desk });
}
