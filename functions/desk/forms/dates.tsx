import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { dayMs, hourMs } from "#shared/time/duration.ts";
import { currentLanguage, dateInTehran, day, digits, number, text } from "../words/format.ts";
import { inputWords } from "../words/words-of-inputs.ts";

type Jalali = { year: number; month: number; day: number };

const calendar = new Intl.DateTimeFormat("en-u-ca-persian", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

function jalaliOf(at: number): Jalali {
  const parts = calendar.formatToParts(at);
  const [year = 0, month = 0, day = 0] = ["year", "month", "day"].map((wanted) =>
    Number(parts.find(({ type }) => type === wanted)?.value),
  );
  return { year, month, day };
}

/** The date such as `2026-11-30` of a day in the Iranian calendar; undefined if that month has no such day. */
function gregorianOf({ year, month, day }: Jalali): string | undefined {
  // Each month begins at most two days from this estimate: six months of 31 days, then months of 30.
  const daysBefore = (month - 1) * 30 + Math.min(month - 1, 6) + day - 1;
  const estimate = Date.UTC(year + 621, 2, 21) + daysBefore * dayMs;
  const at = [-2, -1, 0, 1, 2]
    .map((days) => estimate + days * dayMs)
    .find((one) => {
      const found = jalaliOf(one);
      return found.year === year && found.month === month && found.day === day;
    });
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 10);
}

const lastDayOf = (year: number, month: number): number =>
  [31, 30].find((day) => gregorianOf({ year, month, day })) ?? 29;

function dateOf({ year, month, day: dayOfMonth }: Partial<Jalali>): string | undefined {
  return year && month && dayOfMonth ? gregorianOf({ year, month, day: dayOfMonth }) : undefined;
}

/** A day that is not chosen to the end, such as `~1405..11`. No server takes it, so nothing that was chosen is lost in silence. */
const incompleteDay = /^~(\d*)\.(\d*)\.(\d*)$/;
const partOf = (digits: string | undefined) => (digits ? Number(digits) : undefined);

export const isWholeDay = (value: string): boolean => value !== "" && !incompleteDay.test(value);

/** What is chosen of a day; undefined if nothing is. */
function pickedFrom(value: string): Partial<Jalali> | undefined {
  const [, year, month, day] = incompleteDay.exec(value) ?? [];
  if (year !== undefined) return { year: partOf(year), month: partOf(month), day: partOf(day) };
  return value ? jalaliOf(Date.parse(value)) : undefined;
}

/** The date, or what is chosen of it. The year stands there from the beginning, so the year alone is nothing. */
function chosenDay({ year, month, day }: Partial<Jalali>): string {
  const isBegun = month !== undefined || day !== undefined;
  return dateOf({ year, month, day }) ?? (isBegun ? `~${year ?? ""}.${month ?? ""}.${day ?? ""}` : "");
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function monthName(month: number): string {
  const date = gregorianOf({ year: 1_400, month, day: 15 });
  const format = new Intl.DateTimeFormat("fa-IR-u-ca-persian", { timeZone: "UTC", month: "long" });
  return date ? format.format(Date.parse(date)) : "";
}

type Props = { value: string; change: (date: string) => void; described?: object };

/** A day, chosen by the Iranian calendar in Persian and by the browser's own field in English. */
export function DateInput({ value, change, described = {} }: Props): JSX.Element {
  if (currentLanguage() === "en")
    return (
      <input
        {...described}
        aria-label={"id" in described ? undefined : text(inputWords.day)}
        type="date"
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    );
  return <JalaliInput value={value} change={change} described={described} />;
}

function JalaliInput({ value, change, described }: Props): JSX.Element {
  const today = jalaliOf(Date.parse(dateInTehran()));
  // What is chosen so far: the year alone is there from the beginning.
  const [picked, setPicked] = useState<Partial<Jalali>>(pickedFrom(value) ?? { year: today.year });
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setPicked(pickedFrom(value) ?? { year: today.year });
    sent.current = value;
  }, [value, today.year]);
  const pick = (part: keyof Jalali, chosen: string) => {
    const next = { ...picked, [part]: chosen === "" ? undefined : Number(chosen) };
    // A day that the chosen month lacks becomes its last day.
    if (next.day && next.month && next.year) next.day = Math.min(next.day, lastDayOf(next.year, next.month));
    setPicked(next);
    sent.current = chosenDay(next);
    change(sent.current);
  };
  const { year = today.year, month } = picked;
  const years = [...new Set([-1, 0, 1].map((after) => today.year + after).concat(year))];
  const parts: [keyof Jalali, number[], (value: number) => string][] = [
    ["day", upTo(month ? lastDayOf(year, month) : 31), number],
    ["month", upTo(12), monthName],
    ["year", years, (one) => digits(String(one))],
  ];
  return (
    <span class="jalali">
      {parts.map(([part, values, shown], index) => (
        <select
          key={part}
          {...(index === 0 ? described : {})}
          aria-label={index === 0 && described && "id" in described ? undefined : text(inputWords.dateParts[part])}
          value={String(picked[part] ?? "")}
          onChange={(event) => pick(part, event.currentTarget.value)}
        >
          <option value="">{text(inputWords.dateParts[part])}</option>
          {values.map((one) => (
            <option key={one} value={String(one)}>
              {shown(one)}
            </option>
          ))}
        </select>
      ))}
      {isWholeDay(value) && <small>{day(value)}</small>}
    </span>
  );
}

/** A time as `InstantInput` writes it, as an instant; empty if it is not complete. Iran has had no summer time since 2022. */
export function instantOf(local = ""): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? new Date(`${local}:00+03:30`).toISOString() : "";
}

/** An instant, in milliseconds, as `InstantInput` shows it. */
export const localOf = (at: number) => new Date(at + 3.5 * hourMs).toISOString().slice(0, 16);

/** A day and a time of day in Tehran as `2026-11-30T12:30`. */
export function InstantInput({ value, change, described = {} }: Props): JSX.Element {
  const [date = "", time = ""] = value.split("T");
  const write = (changed: { date?: string; time?: string }) => {
    const next = { date, time, ...changed };
    change(next.date || next.time ? `${next.date}T${next.time}` : "");
  };
  return (
    <span class="instant-input">
      <DateInput value={date} change={(chosen) => write({ date: chosen })} described={described} />{" "}
      <input
        type="time"
        aria-label={text(inputWords.dateParts.time)}
        value={time}
        onInput={(event) => write({ time: event.currentTarget.value })}
      />
    </span>
  );
}
