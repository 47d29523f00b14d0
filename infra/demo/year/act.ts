/** Who does it: a front end, an agency or an inspector by a registered client; the citizen by id and secret. */
export type Actor = { frontEnd: string } | { agency: string } | { inspector: string } | "citizen";

export type Act = {
  /** Epoch ms on the clock of the local cloud. */
  at: number;
  /** The complaint's number in the year. */
  complaint: number;
  /** The how-manieth act of this complaint it is; with the complaint it makes the idempotency key. */
  step: number;
  by: Actor;
  /** What it is posted to: nothing for a filing, else what follows the complaint's id; a call is made only to whom the API lists. */
  to: "" | Collection;
  body: Record<string, unknown>;
};

export type Collection =
  | "acknowledgement"
  | "answer"
  | "transfer"
  | "extension"
  | "messages"
  | "acceptance"
  | "dispute"
  | "opinion"
  | "withdrawal"
  | "decision"
  | "rejection"
  | "visits"
  | "report"
  | "call";
