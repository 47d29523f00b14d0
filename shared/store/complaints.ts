import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Complaint, Narrative, owedBy } from "../domain/complaint.ts";
import { dueOf } from "../domain/escalation.ts";
import { ComplaintEvent } from "../domain/event.ts";
import type { Change } from "../domain/lifecycle.ts";
import type { Story } from "../domain/view.ts";
import { env } from "../runtime/env.ts";
import { ladder } from "../runtime/province.static.ts";
import { complaintKey, dueKey, eventKey, headKey, inboxKey, table, textKey, visitKey } from "./table.ts";
import type { Writes } from "./transaction.ts";

type Put = Writes[number];

/** The head as it is stored: the state, and the keys of the indexes it stands in. */
export function putHead({ complaint, condition }: { complaint: Complaint; condition: Partial<Put["Put"]> }): Put {
  const keys = { pk: complaintKey(complaint.id), sk: headKey };
  const inbox = { inbox: inboxKey(complaint), inboxAt: owedBy(complaint) };
  const dueAt = dueOf(complaint, ladder);
  const due = dueAt && { due: dueKey(complaint.id), dueAt };
  return {
    Put: { TableName: env("COMPLAINTS_TABLE"), Item: { ...complaint, ...keys, ...inbox, ...due }, ...condition },
  };
}

/** An event is written once; `extra` holds what only the store reads. */
export function putEvent({
  id,
  event,
  extra = {},
}: {
  id: string;
  event: ComplaintEvent;
  extra?: Record<string, unknown>;
}): Put {
  return {
    Put: {
      TableName: env("COMPLAINTS_TABLE"),
      Item: { ...event, ...extra, complaintId: id, pk: complaintKey(id), sk: eventKey(event.version) },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  };
}

export function putNarrative({ id, narrative }: { id: string; narrative: Narrative }): Put {
  return {
    Put: { TableName: env("COMPLAINTS_TABLE"), Item: { ...narrative, pk: complaintKey(id), sk: textKey } },
  };
}

/** What a change writes: the new head, on the condition that nobody moved since it was read, and the events. */
export function writesOfChange({ complaint, events }: Change): Put[] {
  const sinceRead = {
    ConditionExpression: "version = :read",
    ExpressionAttributeValues: { ":read": complaint.version - events.length },
  };
  const { id } = complaint;
  return [
    putHead({ complaint, condition: sinceRead }),
    ...events.map((event) => putEvent({ id, event })),
    ...events.flatMap((event) =>
      event.type === "visit-ordered" ? [putVisit({ id, visitId: event.visitId, at: event.at })] : [],
    ),
  ];
}

function putVisit({ id, visitId, at }: { id: string; visitId: string; at: string }): Put {
  return {
    Put: {
      TableName: env("COMPLAINTS_TABLE"),
      Item: { pk: complaintKey(id), sk: visitKey(visitId), visitId, orderedAt: at },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  };
}

/** The complaint as it stands now; undefined where there is none. */
export async function readComplaint(id: string): Promise<Complaint | undefined> {
  const key = { pk: complaintKey(id), sk: headKey };
  const { Item } = await table.send(
    new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key: key, ConsistentRead: true }),
  );
  return Item && Complaint.parse(Item);
}

/** All that was written of a complaint that is known to exist, in the order of its events. */
export async function readStory(id: string): Promise<Story> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: env("COMPLAINTS_TABLE"),
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": complaintKey(id) },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return storyOf(items);
}

function storyOf(items: Record<string, unknown>[]): Story {
  const complaint = Complaint.parse(items.find(({ sk }) => sk === headKey));
  const events = items.filter(({ sk }) => String(sk).startsWith("E#")).map((item) => ComplaintEvent.parse(item));
  return {
    complaint,
    narrative: Narrative.parse(items.find(({ sk }) => sk === textKey)),
    // A move between two pages would show an event that the head does not know of yet.
    events: events.filter(({ version }) => version <= complaint.version),
  };
}
