import * as z from "zod";
import { Fault, type MovesNow } from "./fault.ts";

/** One reason to refuse a move. Returns the fault to throw, or undefined if it does not apply. */
export type Refusal<Thing, Command> = (thing: Thing, command: Command) => Fault | undefined;

/** Who makes a move, and when: the kind of caller, and the `sub` of an official who signed in. */
export type Mover = { by: { caller: string; person?: string | undefined }; now: string };

/**
 * The columns in a table of moves that the caller, the time and the state decide, without the content of a request. Complaints,
 * issues and notices have one table each.
 */
export type MoveRule<Thing extends { status: string }, Facts = Mover, Part = never> = {
  /** The callers that may make the move. */
  by: readonly string[];
  /** Earlier parts in the matter: a person with one of them may not make the move. */
  notBy?: readonly Part[];
  /** The statuses from which the move is allowed. */
  from: readonly Thing["status"][];
  /** Further checks of the caller, the time and the state, in this order. */
  stateRefusals?: readonly Refusal<Thing, Facts>[];
};

/** The fields of a view that tell its reader the moves of a table. The moves that the clock makes are in no view. */
export function movesShape<Name extends string>(table: Record<Name, Pick<MoveRule<never>, "by">>) {
  const names = (Object.keys(table) as Name[]).filter((name) => !table[name].by.includes("system"));
  const move = z.enum(names as [Name, ...Name[]]);
  return {
    allowedMoves: z.array(move),
    /** `reason`: the code of the refusal, or a more exact word for it. */
    blockedMoves: z.array(z.object({ move, reason: z.string() })),
  };
}

/** Returns the fault of the first check that refuses. */
export function firstFault<Thing, Command>(
  checks: readonly Refusal<Thing, Command>[],
  thing: Thing,
  command: Command,
): Fault | undefined {
  for (const refuse of checks) {
    const fault = refuse(thing, command);
    if (fault) return fault;
  }
  return undefined;
}

type Question<Thing extends { status: string }, Facts, Part> = {
  /** The thing as the caller may know it. */
  thing: Thing;
  facts: Facts;
  /** The fault of a move that the status does not allow. */
  wrongState: (thing: Thing) => Fault;
  /** The fault of a mover who has a part; undefined if the mover has not. Absent if a table knows no parts. */
  partFault?: (part: Part) => Fault | undefined;
};

/** The fault of a move that the state does not allow now, whatever the request contains. */
export function refusalByState<Thing extends { status: string }, Facts, Part>(
  { from, notBy = [], stateRefusals = [] }: Omit<MoveRule<Thing, Facts, Part>, "by">,
  { thing, facts, wrongState, partFault }: Question<Thing, Facts, Part>,
): Fault | undefined {
  if (!from.includes(thing.status)) return wrongState(thing);
  for (const part of notBy) {
    const fault = partFault?.(part);
    if (fault) return fault;
  }
  return firstFault(stateRefusals, thing, facts);
}

/** Which moves of a table a caller may make now. */
export function movesIn<Name extends string, Thing extends { status: string }, Facts extends Mover, Part>(
  table: Record<Name, MoveRule<Thing, Facts, Part>>,
  question: Question<Thing, Facts, Part>,
): MovesNow<Name> {
  const { caller } = question.facts.by;
  const moves: MovesNow<Name> = { allowedMoves: [], blockedMoves: [] };
  for (const [move, rule] of Object.entries(table) as [Name, MoveRule<Thing, Facts, Part>][]) {
    if (!rule.by.includes(caller)) continue;
    const fault = refusalByState(rule, question);
    if (fault) moves.blockedMoves.push({ move, reason: fault.reason ?? fault.errors[0]?.rule ?? fault.code });
    else moves.allowedMoves.push(move);
  }
  return moves;
}

/** The same fault, which also tells the caller the moves. */
export const tellingMoves = ({ code, reason, values }: Fault, moves: MovesNow): Fault =>
  new Fault(code, { reason, values, moves });
