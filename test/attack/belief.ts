import { type Shown, shown } from "#shared/domain/statistics/cell.ts";
import { poissonAt } from "../support/chance.ts";
import { keys } from "./fourier.ts";

/** What an attacker thinks of one count: how likely each (n, k) is, for n from `low` on. */
export type Node = { name: string; low: number; rows: number; evidence: Float64Array; belief: Float64Array };

/** What binds counts to each other. A message is what a bond tells a node, whatever else the node knows. */
export type Bond = {
  nodes: Node[];
  messages: Float64Array[];
  tell: (heard: Float64Array[]) => Float64Array[];
  least: number;
};

/** All that binds what an attacker thinks of. */
export type Mind = Bond[];

/** How a count is published: a number, or why there is none. */
export type Public = number | "<5" | "held-back" | "untold";

/** `own`: how many of these the attacker filed, whose keys he does not know; so many of others are usual beside them. */
type Known = { name: string; told: Public; mean?: number | undefined; most: number; own?: number };

/** A count of which the attacker knows what is published of it, the rule by which it was perturbed, and what is usual. */
export function aNode({ name, told, mean, most, own = 0 }: Known): Node {
  const [low, high] = rangeOf(told, most);
  const rows = high - low + 1;
  const evidence = new Float64Array(rows * keys);
  for (let n = low; n <= high; n++)
    for (let k = 0; k < keys; k++) {
      const isPossible = n >= own && (n > 0 || k === 0) && mayBe(shown({ n, k }), told);
      const usual = mean === undefined ? 1 : poissonAt(n - own, mean);
      if (isPossible) evidence[(n - low) * keys + k] = usual * (n === 0 ? 1 : 1 / keys);
    }
  return { name, low, rows, evidence, belief: evidence.slice() };
}

function mayBe(one: Shown, told: Public): boolean {
  if (told === "untold") return true;
  return told === "held-back" ? one !== "<5" : one === told;
}

function rangeOf(told: Public, most: number): [number, number] {
  if (typeof told === "number") return [Math.max(5, told - 2), told + 2];
  if (told === "held-back") return [5, Math.max(5, most)];
  return told === "<5" ? [0, Math.min(6, most)] : [0, most];
}

/** How likely each n is, whatever its keys. */
export function countsOf({ rows }: Pick<Node, "rows">, values: Float64Array): Float64Array {
  const all = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < keys; k++) all[row] = (all[row] as number) + (values[row * keys + k] as number);
  return all;
}

/** Loops over so many values, here and below, take a fifth of the time of a callback for each. */
function scale(values: Float64Array, least: number): Float64Array {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, values[at] as number);
  if (!(most > 0)) return values.fill(1);
  for (let at = 0; at < values.length; at++) values[at] = Math.max(least, (values[at] as number) / most);
  return values;
}

/** One round: every bond hears what its nodes know from elsewhere, and tells each of them. */
export function think(bonds: Mind): void {
  for (const node of new Set(bonds.flatMap(({ nodes }) => nodes))) node.belief = node.evidence.slice();
  for (const { nodes: bound, messages } of bonds) for (const [n, node] of bound.entries()) take(node, messages[n]);
  for (const bond of bonds) {
    const heard = bond.nodes.map((node, n) => without(node, bond.messages[n]));
    const told = bond.tell(heard).map((message) => scale(message, bond.least));
    for (const [n, node] of bond.nodes.entries()) {
      node.belief = heard[n] ?? node.belief;
      take(node, told[n]);
    }
    bond.messages = told;
  }
}

function take({ belief, evidence }: Node, message: Float64Array | undefined): void {
  if (message) for (let at = 0; at < belief.length; at++) belief[at] = (belief[at] as number) * (message[at] as number);
  normalize(belief, evidence);
}

function without({ belief, evidence }: Node, message: Float64Array | undefined): Float64Array {
  const rest = belief.slice();
  if (message) for (let at = 0; at < rest.length; at++) rest[at] = (rest[at] as number) / (message[at] as number);
  return normalize(rest, evidence);
}

function normalize(values: Float64Array, otherwise: Float64Array): Float64Array {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at] as number;
  if (!(total > 0 && Number.isFinite(total))) values.set(otherwise);
  else for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) / total;
  return values;
}

/** The likeliest count, and how sure the attacker is of it. */
export function verdict(node: Node): { n: number; sure: number } {
  const counts = countsOf(node, node.belief);
  const total = counts.reduce((sum, one) => sum + one, 0);
  const best = counts.reduce((one, value, row) => (value > (counts[one] as number) ? row : one), 0);
  return { n: node.low + best, sure: (counts[best] as number) / total };
}
