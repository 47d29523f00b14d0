import { readProvince } from "#infra/province-files.ts";
import { openHours } from "#shared/domain/time/office-hours.ts";

const { officeHours } = readProvince("qazvin");

/** A day of at least 08:30 to 13:00, and when its offices open and close, which is another time in another season. */
export type WorkingDay = { date: string; opens: string; closes: string };

/** The instant of a wall time in Qazvin, to which a clock can go. */
export const instantOf = (date: string, time: string) => Date.parse(`${date}T${time}+03:30`);

/** The working days of Qazvin after a date, as its province file has them. */
export function* workingDaysAfter(date: string): Generator<WorkingDay, never> {
  for (let day = Date.parse(date) + 86_400_000; ; day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    const [hours] = openHours({ officeHours, countyId: "qazvin" }, date).intervals;
    if (hours && hours.from <= "08:30" && hours.to >= "13:00") yield { date, opens: hours.from, closes: hours.to };
  }
}
