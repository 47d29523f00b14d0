import { fixedHolidays } from "#shared/province/faults/fixed-holidays.ts";
import type { Province } from "#shared/province/province.ts";

/** The holidays that every year has, from one day to another, as a calendar lists them: for one that does not end while a test lives. */
export function yearlyHolidays(from: string, to: string): Province["officeHours"]["holidays"] {
  return fixedHolidays({ from, to }).map(({ date, iranian }) => ({
    date,
    name: { fa: "تعطیل رسمی", en: iranian },
    source: ["made up"],
    certain: true,
  }));
}
