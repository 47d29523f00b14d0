const timeZone = "Asia/Tehran";

const latin = new Intl.DateTimeFormat("en-GB", {
  timeZone,
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const jalali = new Intl.DateTimeFormat("fa-IR-u-ca-persian", {
  timeZone,
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const date = new Intl.DateTimeFormat("en-u-ca-persian", { timeZone, day: "numeric", month: "long", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" });

/** `Wed, 25 Nov 2026, 05:18 in Tehran`. */
export function tehranTime(instant: string): string {
  return `${latin.format(new Date(instant))} in Tehran`;
}

/** `چهارشنبه ۴ آذر ۱۴۰۵، ساعت ۰۵:۱۸`, in the order Persian is written. */
export function jalaliTime(instant: string): string {
  const parts = jalali.formatToParts(new Date(instant));
  const part = (wanted: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}، ساعت ${part("hour")}:${part("minute")}`;
}

/** `05:18:15`. */
export function tehranClock(instant: string): string {
  return clock.format(new Date(instant));
}

/** `Mehr 1, 1404`, in the Iranian calendar. */
export function jalaliDate(instant: number): string {
  return date.format(instant).replace(" AP", "");
}
