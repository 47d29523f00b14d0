import { styleText } from "node:util";

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
function jalaliTime(instant: string): string {
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

const indent = "     ";
const labelWidth = 20;
/** Matches as many whole words as fit into one line beside the indent. */
const lines = /.{1,80}(?:\s|$)/g;
const longIds = /(?<=\/)[0-9a-f-]{32,36}(?=\/|$)/g;
const colours = process.stdout.isTTY && !process.env.NO_COLOR;

export function heading(text: string, where?: string): void {
  print(`\n${styled("bold", text)}`);
  if (where) print(styled("dim", where));
}

export function stepTitle(number: number, title: string): void {
  print(`\n${styled("bold", `${String(number).padStart(2)}   ${title}`)}`);
}

/** Prints a request and the status of its answer. Long ids in the path are shortened. */
export function printExchange({ who, request, status }: { who: string; request: string; status: number }): void {
  const readable = request.replace(longIds, (id) => `${id.slice(0, 6)}…`);
  print(
    `${indent}${styled("cyan", `${who} ▸ ${readable}`)}   ${styled(status < 400 ? "green" : "yellow", `${status}`)}`,
  );
}

export function printFacts(...rows: [label: string, value: string][]): void {
  for (const [label, value] of rows) {
    const [first = "", ...more] = wrapped(value);
    print(`${indent}${styled("dim", label.padEnd(labelWidth))}${first}`);
    for (const line of more) print(`${indent}${"".padEnd(labelWidth)}${line}`);
  }
}

/** Prints a deadline in the Gregorian and in the Iranian calendar. */
export function printDeadline(label: string, instant: string): void {
  printFacts([label, tehranTime(instant)]);
  printPersian(jalaliTime(instant));
}

export function printRemark(text: string): void {
  print(`${indent}${text}`);
}

/**
 * Prints Persian text on its own lines. Unicode isolates keep the indent on the left in terminals that support both writing
 * directions.
 */
export function printPersian(text: string): void {
  for (const line of wrapped(text)) print(`${indent}   \u2068${line}\u2069`);
}

/** Shows progress dots in a terminal until the promise settles, and then removes them. Returns the promise's result. */
export async function printDuring<T>(text: string, lasting: Promise<T>): Promise<T> {
  if (!process.stdout.isTTY) return lasting;
  process.stdout.write(`${indent}${text} `);
  const ticking = setInterval(() => process.stdout.write("."), 400);
  try {
    return await lasting;
  } finally {
    clearInterval(ticking);
    process.stdout.write("\r\u001b[K");
  }
}

function wrapped(text: string): string[] {
  return text.match(lines)?.map((line) => line.trim()) ?? [];
}

function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return colours ? styleText(format, text, { validateStream: false }) : text;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
