import type { Status } from "#shared/domain/complaint/complaint.ts";
import { InboxItem } from "#shared/domain/telling/view.ts";
import { inboxKey } from "#shared/runtime/keys.ts";
import { allOf, type Position, readPage } from "../pages.ts";
import { allReadable } from "../readable.ts";

type InboxQuery = {
  agencyId: string;
  /** Left out for every complaint that is not closed. */
  status?: Status | undefined;
  /** Only those that have climbed the ladder, or only those that have not. */
  escalated?: boolean | undefined;
  officeId?: string | undefined;
  limit: number;
  from?: Position | undefined;
};

/** One page of an agency's complaints, soonest due first; `next` is where the following page starts. */
export async function listInbox({ agencyId, status, escalated, officeId, limit, from }: InboxQuery) {
  const partition = inboxKey({ agencyId, status: status ?? "open" });
  const filter = filterOf({ status, escalated, officeId });
  const { items, next } = await readPage({ index: "inbox", partition, limit, from, filter });
  return { items: allReadable(InboxItem, items), next };
}

const is = (field: string, value: string) => ({
  condition: `#${field} = :${field}`,
  names: { [`#${field}`]: field },
  values: { [`:${field}`]: value },
});

function filterOf({ status, escalated, officeId }: Pick<InboxQuery, "status" | "escalated" | "officeId">) {
  const byLevel = {
    condition: escalated ? "#level > :zero" : "#level = :zero",
    names: { "#level": "level" },
    values: { ":zero": 0 },
  };
  return allOf([
    status && is("status", status),
    officeId === undefined ? undefined : is("officeId", officeId),
    escalated === undefined ? undefined : byLevel,
  ]);
}
