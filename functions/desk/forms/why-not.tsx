import type { JSX } from "preact";
import { type Localized, text } from "../words/format.ts";

/** Sentences by move and reason: why a form is missing, where the person could wonder. */
export type WhyNotWords<Move extends string> = Partial<Record<Move, Record<string, Localized>>>;

type Blocked<Move> = readonly { move: Move; reason: string }[];

/** The sentences for the moves that the view says are blocked. */
export const reasonsOf = <Move extends string>(blockedMoves: Blocked<Move>, words: WhyNotWords<Move>): Localized[] =>
  blockedMoves.flatMap(({ move, reason }) => words[move]?.[reason] ?? []);

/** Says why forms are missing. */
export function WhyNot({ reasons }: { reasons: Localized[] }): JSX.Element {
  return (
    <>
      {reasons.map((reason) => (
        <p class="note" key={reason.en}>
          {text(reason)}
        </p>
      ))}
    </>
  );
}
