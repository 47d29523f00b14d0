import * as z from "zod";
import { invalidFault } from "#shared/fault.ts";
import { type Employment, PersonnelId } from "#shared/people/people.ts";
import { comparableName } from "#shared/text.ts";
import { Name } from "#shared/vocabulary.ts";
import { saveAuditEntry } from "../audit/audit.store.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { listRecords } from "./notice-lists.store.ts";
import { EmployeeName } from "./notice-opening.ts";
import { readEmployeeNames, readNoticeRecord } from "./notices.store.ts";
import { aboutRecords, RecordEntry, recordEntry } from "./record-entry.ts";

/** One person of the agency: by personnel id, or, for contract staff, by employer and name. */
const RecordsQuery = z.strictObject({
  personnelId: PersonnelId.optional(),
  employer: z.string().min(1).max(200).optional(),
  name: EmployeeName.optional(),
});

/**
 * GET /v1/agency/records: the standing entries of one person on the agency's staff, the oldest first. There is no list of all people.
 * The audit records each reading.
 */
const readRecords = route({
  caller: "personnel",
  summary: { en: "Read what stands in the record of one of your staff", fa: "مشاهدهٔ سوابق قطعی یکی از کارکنان" },
  query: RecordsQuery,
  answer: {
    status: 200,
    schema: z.object({ about: Name, items: z.array(RecordEntry) }).meta({ id: "EmployeeRecords" }),
  },
  async run({ query: { personnelId, employer, name }, principal, now }) {
    const { agencyId, clientId, person } = principal;
    if (!personnelId && !(employer && name)) throw invalidFault("personnelId", "missing");
    const employment: Employment = personnelId ? { personnelId } : { employer: employer ?? "" };
    await saveAuditEntry({ type: "records-read", at: now, agencyId, employment, clientId, person });
    const ids = await listRecords({ agencyId, employment });
    const [records, names] = await Promise.all([Promise.all(ids.map(readNoticeRecord)), readEmployeeNames(ids)]);
    const items = records.flatMap((record) => {
      const entryName = names.get(record?.notice.id ?? "") ?? "";
      const isMeant = !name || comparableName(entryName) === comparableName(name);
      return (record && isMeant && recordEntry(record, { now, name: entryName })) || [];
    });
    items.sort((one, other) => (one.standsSince < other.standsSince ? -1 : 1));
    return { status: 200, body: { about: aboutRecords, items } };
  },
});

/** The route of an agency's personnel office. It has a function of its own, because no other function of agencies can read a notice. */
export const routes = { "GET /v1/agency/records": readRecords };
export const handler = serve({ routes, authenticate: authenticateByToken("personnel") });
