import { daysLater, firstDay, iranianMonth, monthNamed } from "#shared/domain/statistics/iranian-month.ts";

/** Holidays that fall on the same days of every Iranian year: the month, its name, and the days. */
const everyYear = [
  { month: 1, name: "Farvardin", days: [1, 2, 3, 4, 12, 13] },
  { month: 3, name: "Khordad", days: [14, 15] },
  { month: 11, name: "Bahman", days: [22] },
  { month: 12, name: "Esfand", days: [29] },
];

type FixedHoliday = { date: string; iranian: string };

/** Those from one day to another, both included, the earliest first. */
export function fixedHolidays({ from, to }: { from: string; to: string }): FixedHoliday[] {
  const years = { first: yearOf(from), last: yearOf(to) };
  return Array.from({ length: years.last - years.first + 1 }, (_, n) => years.first + n)
    .flatMap((year) =>
      everyYear.flatMap(({ month, name, days }) => {
        const first = firstDay(monthNamed(year, month));
        return days.map((day) => ({ date: daysLater(first, day - 1), iranian: `${day} ${name} ${year}` }));
      }),
    )
    .filter(({ date }) => from <= date && date <= to);
}

// Noon in UTC is the same day in Tehran.
const yearOf = (date: string) => Number(iranianMonth(`${date}T12:00:00.000Z`).split("-")[0]);
