import { route } from "#functions/pipelines/route.ts";
import { AuditEntry } from "#shared/domain/telling/audit.ts";
import { SentInstant } from "#shared/domain/time/instant.ts";
import { listAudit } from "#shared/store/events/audit.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf } from "../any-caller/lists.ts";

/** GET /v1/admin/audit: what admins and inspectors did that is no move of a complaint, the newest first. */
export const listAuditAsAdmin = route({
  caller: "admin",
  summary: { en: "List what admins and inspectors did beside moves", fa: "فهرست کارهای مدیران و بازرسان جز رسیدگی" },
  query: Paging.extend({ from: SentInstant.optional() }),
  answer: { status: 200, schema: pageOf(AuditEntry).meta({ id: "AuditPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor, from: since } }) {
    const bound = { list: "audit", since };
    const { items, next } = await listAudit({ limit, since, from: readCursor(cursor, bound) });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});
