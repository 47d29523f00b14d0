import type { Status } from "#shared/domain/complaint/complaint.ts";
import { InboxItem } from "#shared/domain/telling/view.ts";
import { inboxKey } from "#shared/runtime/keys.ts";
import { type Position, readPage } from "../pages.ts";
import { allReadable } from "../readable.ts";

type InboxQuery = {
  agencyId: string;
  /** Left out for every complaint that is not closed. */
  status?: Status | undefined;
  /** Only those that have climbed the ladder, or only those that have not. */
  escalated?: boolean | undefined;
  limit: number;
  from?: Position | undefined;
};

/** One page of an agency's complaints, soonest due first; `next` is where the following page starts. */
export async function listInbox({ agencyId, status, escalated, limit, from }: InboxQuery) {
  const partition = inboxKey({ agencyId, status: status ?? "open" });
  const filter = filterOf({ status, escalated });
  const { items, next } = await readPage({ index: "inbox", partition, limit, from, filter });
  return { items: allReadable(InboxItem, items), next };
}

function filterOf({ status, escalated }: Pick<InboxQuery, "status" | "escalated">) {
  const byStatus = status && {
    condition: "#status = :status",
    names: { "#status": "status" },
    values: { ":status": status },
  };
  const byLevel = escalated !== undefined && {
    condition: escalated ? "#level > :zero" : "#level = :zero",
    names: { "#level": "level" },
    values: { ":zero": 0 },
  };
  const conditions = [byStatus, byLevel].filter((one) => one !== undefined && one !== false);
  if (conditions.length === 0) return undefined;
  return {
    condition: conditions.map(({ condition }) => condition).join(" AND "),
    names: Object.assign({}, ...conditions.map(({ names }) => names)),
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  };
}
