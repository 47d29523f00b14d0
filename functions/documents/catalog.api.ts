import * as z from "zod";
import { filingNotes, Notes } from "#shared/complaints/text-masker.store.ts";
import { ContentType } from "#shared/files/format.ts";
import { DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import { uploadLimits } from "#shared/policy-numbers.ts";
import { Succession } from "#shared/province/retirement.ts";
import { catalog } from "#shared/province/slices.static.ts";
import { LocalDate } from "#shared/time/calendar.ts";
import { Name } from "#shared/vocabulary.ts";
import { apiChanges } from "../http/api-changes.ts";
import { compressedReply } from "../http/compressed-reply.ts";
import { route } from "../http/route.ts";
import { isOpenOutage } from "../issues/issue.ts";
import { listOpenIssues } from "../issues/issue-lists.store.ts";
import { OpenOutage, openOutage } from "../issues/issue-views.ts";

const Named = z.object({ id: z.string(), name: Name });
const Offered = Named.extend(Succession.shape);
const Catalog = z
  .object({
    province: Named,
    counties: z.array(Offered),
    /** Groups of agencies of one kind, whose figures are compared. */
    peerGroups: z.array(Named),
    agencies: z.array(
      Offered.extend({
        countyIds: z.array(z.string()),
        offices: z.array(Offered.extend({ countyId: z.string() })),
        peerGroup: z.string().optional(),
      }),
    ),
    categories: z.array(
      Offered.extend({ acknowledge: DeadlinePolicy, answer: DeadlinePolicy, extension: DeadlinePolicy }),
    ),
    /** The causes that an answer or a decision may name. */
    causes: z.array(Offered.extend({ personal: z.literal(true).optional() })),
    /** The files that a citizen may attach. Only types that the cleaner can rewrite are accepted. */
    attachments: z.object({ contentTypes: z.array(ContentType), maxBytes: z.int(), maxFiles: z.int() }),
    /** Front ends show these notes before filing; the receipt has them again. */
    notes: Notes,
    /** The present outages. A front end may show them before a filing; complaints are filed as usual. */
    outages: z.array(OpenOutage),
  })
  .meta({ id: "Catalog" });

const attachments = {
  contentTypes: ContentType.options,
  maxBytes: uploadLimits.size,
  maxFiles: uploadLimits.files,
};

/**
 * GET /v1/catalog: the ids and names, in Persian and English, that a filing, an answer or a decision may use, and each
 * category's deadlines.
 */
export const readCatalog = route({
  caller: "public",
  summary: {
    en: "The province, its counties, agencies, offices, categories and causes",
    fa: "استان، شهرستان‌ها، دستگاه‌های اجرایی، اداره‌ها، موضوع‌های شکایت و علت‌ها",
  },
  answer: { status: 200, schema: Catalog, cached: true },
  async run({ now, coding }) {
    const outages = await readOpenOutages(now);
    return compressedReply({ ...catalog, attachments, notes: filingNotes, outages }, coding);
  },
});

/** More outages at once than a province has: the list ends here. */
const mostOutages = 100;

async function readOpenOutages(now: string): Promise<OpenOutage[]> {
  const { items } = await listOpenIssues({ limit: mostOutages, from: undefined, now, keep: isOpenOutage });
  return items.map(openOutage);
}

const Change = z.object({
  date: LocalDate,
  kind: z.enum(["added", "deprecated"]),
  description: Name,
  routes: z.array(z.string()).optional(),
  sunsetOn: LocalDate.optional(),
});

/** GET /v1/changes: the additions to this API, and the deprecated routes with their last day. */
export const readChanges = route({
  caller: "public",
  summary: {
    en: "What has changed in this API, and what is deprecated and until when",
    fa: "تغییرهای این سامانه، و آنچه منسوخ شده و زمان پایان آن",
  },
  answer: {
    status: 200,
    schema: z.object({ version: z.literal("1"), changes: z.array(Change) }).meta({ id: "Changes" }),
    cached: true,
  },
  run: async ({ coding }) => compressedReply({ version: "1", changes: apiChanges }, coding),
});
