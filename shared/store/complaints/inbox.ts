import { Complaint, type Status } from "#shared/domain/complaint/complaint.ts";
import { keptNoLonger } from "#shared/domain/complaint/forgetting.ts";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { InboxItem, inboxItem } from "#shared/domain/telling/view.ts";
import { retention } from "#shared/province/slices.static.ts";
import { inboxKey } from "#shared/runtime/keys.ts";
import type { Item } from "../items.ts";
import { allOf, type Position, readPage } from "../pages.ts";
import { allReadable } from "../readable.ts";
import { hasLapsed } from "./expiry.ts";

type InboxQuery = {
  agencyId: string;
  /** Left out for every complaint that is not closed. */
  status?: Status | undefined;
  /** Only those that have climbed the ladder, or only those that have not. */
  escalated?: boolean | undefined;
  officeId?: string | undefined;
  limit: number;
  from?: Position | undefined;
  now: string;
};

const Head = InboxItem.extend(Complaint.pick({ closedAt: true }).shape);

/** One page of an agency's complaints, soonest due first; `next` is where the following page starts. */
export async function listInbox({ agencyId, status, escalated, officeId, limit, from, now }: InboxQuery) {
  const partition = inboxKey({ agencyId, status: status ?? "open" });
  const filter = filterOf({ status, escalated, officeId, now });
  const keep = isSandbox({ agencyId }) ? (item: Item) => !hasLapsed(item, now) : undefined;
  const { items, next } = await readPage({ index: "inbox", partition, limit, from, filter, keep });
  return { items: allReadable(Head, items).map((head) => inboxItem(head, { now, retention })), next };
}

const is = (field: string, value: string) => ({
  condition: `#${field} = :${field}`,
  names: { [`#${field}`]: field },
  values: { [`:${field}`]: value },
});

type Filters = Pick<InboxQuery, "status" | "escalated" | "officeId" | "now">;

function filterOf({ status, escalated, officeId, now }: Filters) {
  const byLevel = {
    condition: escalated ? "#level > :zero" : "#level = :zero",
    names: { "#level": "level" },
    values: { ":zero": 0 },
  };
  // What would be forgotten altogether, were it not held, is not listed either (`mustBeShown`).
  const isShown = {
    condition: "NOT #closedAt <= :until",
    names: { "#closedAt": "closedAt" },
    values: { ":until": keptNoLonger({ kind: "events", now, retention }) },
  };
  return allOf([
    status === "closed" ? isShown : undefined,
    status && is("status", status),
    officeId === undefined ? undefined : is("officeId", officeId),
    escalated === undefined ? undefined : byLevel,
  ]);
}
