import * as z from "zod";
import { Succession } from "#shared/domain/time/retirement.ts";
import { Name, Slug } from "#shared/domain/vocabulary.ts";

/** What a complaint came from, as an answer or a decision names it. */
export const Cause = z.strictObject({ id: Slug, name: Name, ...Succession.shape });
export type Cause = z.infer<typeof Cause>;

/** The causes of a province whose file names none. None of them is ever taken out: answers that stand name it. */
export const defaultCauses: Cause[] = [
  { id: "system-down", name: { fa: "از کار افتادن سامانه، تجهیزات یا تلفن", en: "System, equipment or phone down" } },
  { id: "staff-absent", name: { fa: "حاضر نبودن متصدی", en: "Staff absent" } },
  { id: "no-substitute", name: { fa: "جانشین نداشتن متصدی", en: "Nobody to stand in" } },
  { id: "rule-unclear", name: { fa: "روشن نبودن قانون یا دستورالعمل", en: "Unclear rule or instruction" } },
  {
    id: "information-missing",
    name: { fa: "نرسیدن اطلاعات لازم به مراجعه‌کننده", en: "Citizen not told what was needed" },
  },
  { id: "capacity", name: { fa: "کمبود نیرو یا ظرفیت", en: "Too few people or too little room" } },
  { id: "conduct", name: { fa: "رفتار کارکنان", en: "Conduct of staff" } },
  { id: "other-body", name: { fa: "کار دستگاهی دیگر", en: "The work of another body" } },
  { id: "none", name: { fa: "علتی یافت نشد", en: "No cause found" } },
];
