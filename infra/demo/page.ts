import { styleText } from "node:util";
import { jalaliTime, tehranTime } from "./tehran-time.ts";

const indent = "     ";
const labelWidth = 20;
/** As many whole words as fit beside the indent. */
const lines = /.{1,80}(?:\s|$)/g;
const longIds = /(?<=\/)[0-9a-f-]{32,36}(?=\/|$)/g;
const colours = process.stdout.isTTY && !process.env.NO_COLOR;

type Fact = [label: string, value: string];

export function heading(text: string, where?: string): void {
  print(`\n${styled("bold", text)}`);
  if (where) print(styled("dim", where));
}

export function stepTitle(number: number, title: string): void {
  print(`\n${styled("bold", `${String(number).padStart(2)}   ${title}`)}`);
}

/** A request as its sender would write it down, but for ids that nobody would read out, and the status that came back. */
export function exchange({ who, request, status }: { who: string; request: string; status: number }): void {
  const readable = request.replace(longIds, (id) => `${id.slice(0, 6)}…`);
  print(
    `${indent}${styled("cyan", `${who} ▸ ${readable}`)}   ${styled(status < 400 ? "green" : "yellow", `${status}`)}`,
  );
}

export function facts(...rows: Fact[]): void {
  for (const [label, value] of rows) {
    const [first = "", ...more] = wrapped(value);
    print(`${indent}${styled("dim", label.padEnd(labelWidth))}${first}`);
    for (const line of more) print(`${indent}${"".padEnd(labelWidth)}${line}`);
  }
}

/** In both calendars. */
export function deadline(label: string, instant: string): void {
  facts([label, tehranTime(instant)]);
  persian(jalaliTime(instant));
}

export function remark(text: string): void {
  print(`${indent}${text}`);
}

/** Persian on lines of its own; isolated, so that a terminal that knows both directions keeps the indent on the left. */
export function persian(text: string): void {
  for (const line of wrapped(text)) print(`${indent}   \u2068${line}\u2069`);
}

/** While something takes its time a terminal shows that it goes on; nothing of it stays. */
export async function during<T>(text: string, lasting: Promise<T>): Promise<T> {
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
