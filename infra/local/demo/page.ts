import { styleText } from "node:util";

const indent = "     ";
const labelWidth = 17;
/** As many whole words as fit beside the indent. */
const lines = /.{1,84}(?:\s|$)/g;
const colours = process.stdout.isTTY && !process.env.NO_COLOR;

export type Fact = [label: string, value: string];

export function heading(text: string, where: string): void {
  print(`\n${styled("bold", text)}   ${styled("dim", where)}`);
}

export function stepTitle(number: number, title: string): void {
  print(`\n${styled("bold", `${String(number).padStart(2)}   ${title}`)}`);
}

/** A request as its sender would write it down, and the status that came back. */
export function exchange({ who, request, status }: { who: string; request: string; status: number }): void {
  print(
    `${indent}${styled("cyan", `${who} ▸ ${request}`)}   ${styled(status < 400 ? "green" : "yellow", `${status}`)}`,
  );
}

export function facts(...rows: Fact[]): void {
  for (const [label, value] of rows) {
    const [first = "", ...more] = wrapped(value);
    print(`${indent}${styled("dim", label.padEnd(labelWidth))}${first}`);
    for (const line of more) print(`${indent}${"".padEnd(labelWidth)}${line}`);
  }
}

export function remark(text: string): void {
  print(`${indent}${text}`);
}

/** Persian on lines of its own; isolated, so that a terminal that knows both directions keeps the indent on the left. */
export function persian(text: string): void {
  for (const line of wrapped(text)) print(`${indent}   \u2068${line}\u2069`);
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
