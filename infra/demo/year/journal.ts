import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import * as z from "zod";
import { parseJson } from "#infra/local/machine/parse-json.ts";
import { plainFailure } from "#infra/local/machine/plain-failure.ts";
import { hour } from "./hours.ts";

/** What a complaint's later acts need of its earlier ones. */
export const Known = z.object({ id: z.string(), secret: z.string(), visitId: z.string().optional() });
export type Known = z.infer<typeof Known>;

/** Which year this is: a state holds one alone. */
export type Year = { seed: string; complaints: number; quarters: number };
const Year = z.object({ seed: z.string(), complaints: z.number(), quarters: z.number() });
/** `at`: what the clock showed then; `told`: what real time it was, in epoch ms. */
const Line = z.object({ act: z.string(), at: z.number(), told: z.number(), known: Known.optional() });
type Line = z.infer<typeof Line>;

/** In ms of real time. The engine of the tables answers a little before it has written: what was told last is done again. */
export const unsure = 500;
/** In ms of the local cloud's time: a repeated act is recognized by its key for a day. */
export const recognized = 20 * hour;

/** Which acts were done and what came of them, a line each, so that a year goes on where it was killed. */
export type Journal = {
  done: Set<string>;
  known: Map<number, Known>;
  /** What the clock showed last; undefined where nothing has happened yet. */
  at: number | undefined;
  note(line: Omit<Line, "told"> & { complaint: number }): void;
};

export function openJournal(file: string, year: Year): Journal {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(year)}\n`, { mode: 0o600 });
  const [begun, ...lines] = wholeLines(file);
  mustBeSame(Year.parse(parseJson(begun ?? "")), year);
  const told = lines.map((line) => Line.parse(parseJson(line)));
  const known = new Map<number, Known>();
  for (const line of told) if (line.known) known.set(complaintOf(line.act), line.known);
  const last = told.at(-1);
  return {
    done: new Set(told.filter((line) => isSure(line, last)).map(({ act }) => act)),
    known,
    at: last?.at,
    note({ complaint, ...line }) {
      if (line.known) known.set(complaint, line.known);
      appendFileSync(file, `${JSON.stringify({ ...line, told: Date.now() })}\n`);
    },
  };
}

/** A process that was killed may have left half a line: it is taken away, or the next would be glued to it. */
function wholeLines(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  truncateSync(file, Buffer.byteLength(whole));
  return whole.split("\n").filter(Boolean);
}

function isSure({ told, at }: Line, last: Line | undefined): boolean {
  return last === undefined || told < last.told - unsure || at < last.at - recognized;
}

const complaintOf = (act: string) => Number(act.split("/")[0]);

function mustBeSame(begun: Year, wanted: Year): void {
  if (JSON.stringify(begun) === JSON.stringify(wanted)) return;
  throw plainFailure(
    `Another year was begun in this state (${JSON.stringify(begun)}): go on with that, or name another FOAD_STATE.`,
  );
}
