import * as z from "zod";
import { Policy } from "../../../shared/domain/policy.ts";
import { Name } from "../../../shared/domain/province.ts";
import { catalog } from "../../../shared/runtime/province.static.ts";
import { cacheable } from "../reply.ts";
import { route } from "../route.ts";

const Named = z.object({ id: z.string(), name: Name });
const Catalog = z
  .object({
    province: Named,
    counties: z.array(Named),
    agencies: z.array(
      Named.extend({ countyIds: z.array(z.string()), offices: z.array(Named.extend({ countyId: z.string() })) }),
    ),
    categories: z.array(Named.extend({ acknowledge: Policy, answer: Policy, extension: Policy })),
  })
  .meta({ id: "Catalog" });

/** GET /v1/catalog: what a filing may name, in Persian and English, with each category's deadlines. */
export const readCatalog = route({
  caller: "public",
  summary: {
    en: "The province, its counties, agencies, offices and categories",
    fa: "استان، شهرستان‌ها، دستگاه‌های اجرایی، اداره‌ها و موضوع‌های شکایت",
  },
  answer: { status: 200, schema: Catalog },
  run: async () => cacheable(catalog),
});
