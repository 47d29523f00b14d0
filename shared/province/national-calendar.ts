import * as z from "zod";
import { LocalDate, OfficeHours } from "#shared/domain/time/calendar.ts";
import { described } from "./described.ts";

const { timeZone, national, holidays, holidaysUntil, provincial, overrides } = OfficeHours.shape;

/** Hours and holidays of the whole country: one file, which every province's file goes on from. */
export const NationalCalendar = z.strictObject({
  timeZone,
  national: described(national, "Weekly hours by ranges of dates, in their order and without a gap."),
  holidaysUntil: described(holidaysUntil, "The last day up to which all holidays are known and listed."),
  holidays: described(holidays, "National holidays, each date once."),
});
type NationalCalendar = z.infer<typeof NationalCalendar>;

/** What a province says of its hours beside the national calendar. */
export const ProvincialHours = z.strictObject({
  provincial: described(provincial, "Weekly hours of this province alone; on their days they go before the nation's."),
  holidays: described(holidays, "Holidays of this province alone, beside the national ones."),
  removedHolidays: described(z.array(LocalDate), "Dates of national holidays on which this province works."),
  overrides: described(overrides, "Single days with other hours, or with none, that are known in advance."),
});
type ProvincialHours = z.infer<typeof ProvincialHours>;

/** The hours that hold in a province: the country's, and what the province changes in them. */
export function officeHoursOf(calendar: NationalCalendar, own: ProvincialHours): OfficeHours {
  const observed = calendar.holidays.filter(({ date }) => !own.removedHolidays.includes(date));
  return {
    timeZone: calendar.timeZone,
    national: calendar.national,
    provincial: own.provincial,
    holidays: [...observed, ...own.holidays].sort((one, other) => one.date.localeCompare(other.date)),
    holidaysUntil: calendar.holidaysUntil,
    overrides: own.overrides,
  };
}
