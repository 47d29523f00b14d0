import { readProvince } from "#infra/provinces/province-files.ts";
import { openHours } from "#shared/hours/office-hours.ts";

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

/**
 * Moves a clock to nine o'clock of the next Saturday with five working days from it on, for a story that closed offices would
 * lengthen.
 */
export async function advanceToOrdinaryWeek(clock: { now(): number; advance(ms: number): Promise<unknown> }) {
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const days: WorkingDay[] = [];
  for (const day of workingDaysAfter(today)) {
    const [saturday] = days.slice(-4);
    if (days.length >= 4 && saturday && isSaturday(saturday) && daysBetween(saturday, day) === 4)
      return clock.advance(instantOf(saturday.date, "09:00") - clock.now());
    days.push(day);
  }
}

const isSaturday = ({ date }: WorkingDay) => new Date(date).getUTCDay() === 6;
const daysBetween = (one: WorkingDay, other: WorkingDay) =>
  (Date.parse(other.date) - Date.parse(one.date)) / 86_400_000;
