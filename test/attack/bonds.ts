import { type Bond, countsOf, type Node } from "./belief.ts";
import { differenceOf, keys, noRows, nothing, restored, sumOf, type Transformed, transformed } from "./fourier.ts";

/** A parent is the sum of its children, in complaints and in keys: the sets are disjoint. */
export function sumBond(parent: Node, children: Node[], least = 1e-10): Bond {
  const tell = ([whole, ...parts]: Float64Array[]) => (whole ? toldBySum(parent, children, { whole, parts }) : []);
  return aBond([parent, ...children], tell, least);
}

function aBond(nodes: Node[], tell: Bond["tell"], least: number): Bond {
  return { nodes, messages: nodes.map(({ rows }) => new Float64Array(rows * keys).fill(1)), tell, least };
}

/** Nothing, then the first, the first and the second, and so on. */
function runningSums<T>(parts: readonly T[], none: T, add: (one: T, other: T) => T): T[] {
  const sums = [none];
  for (const part of parts) sums.push(add(sums.at(-1) ?? none, part));
  return sums;
}

/** All sums of the ones before each, and of all. */
function sumsBefore(parts: Transformed[], rows: number): Transformed[] {
  return runningSums(parts, nothing(), (one, other) => sumOf(one, other, rows));
}

function toldBySum(parent: Node, children: Node[], { whole, parts }: { whole: Float64Array; parts: Float64Array[] }) {
  const lows = children.reduce((sum, { low }) => sum + low, 0);
  // Above its lowest, a sum of children can be no higher than the parent.
  const rows = Math.max(1, parent.low + parent.rows - lows);
  const of = parts.map(transformed);
  const before = sumsBefore(of, rows);
  const behind = sumsBefore([...of].reverse(), rows);
  const all = before.at(-1) ?? noRows(1);
  const wholeOf = transformed(whole);
  const toParent = new Float64Array(parent.rows * keys);
  const sums = restored(all);
  const shift = (parent.low - lows) * keys;
  for (let at = 0; at < toParent.length; at++) toParent[at] = sums[at + shift] ?? 0;
  const toChildren = children.map((child, n) => {
    const rest = sumOf(before[n] ?? noRows(1), behind[children.length - 1 - n] ?? noRows(1), rows);
    return restored(differenceOf(wholeOf, rest, { first: lows - parent.low, rows: child.rows }));
  });
  return [toParent, ...toChildren];
}

/** So many parts have keys that could add up to anything. */
export const mostKeyed = 8;

/** A parent is the sum of its children, in complaints and, unless they are so many that it says nothing, in keys. */
export function wholeBond(parent: Node, children: Node[]): Bond {
  return children.length > mostKeyed ? countBond(parent, children) : sumBond(parent, children);
}

/** The same of complaints alone, where the keys of so many parts could be anything; `loose` where more may be in the parent. */
export function countBond(parent: Node, children: Node[], { loose = false, least = 1e-10 } = {}): Bond {
  const tell = ([whole, ...parts]: Float64Array[]) => {
    if (!whole) return [];
    const counts = parts.map((part, n) => countsOf(children[n] ?? parent, part));
    return toldByCount(parent, children, { whole: countsOf(parent, whole), counts, loose }).map(spread);
  };
  return aBond([parent, ...children], tell, least);
}

type Counts = { whole: Float64Array; counts: Float64Array[]; loose: boolean };

function toldByCount(parent: Node, children: Node[], { whole, counts, loose }: Counts): Float64Array[] {
  const lows = children.reduce((sum, { low }) => sum + low, 0);
  const one = Float64Array.of(1);
  const before = runningSums(counts, one, convolved);
  const behind = runningSums([...counts].reverse(), one, convolved);
  // How likely the parent is at least, or exactly, so many.
  const fits = (sum: number) => {
    const row = sum - parent.low;
    if (!loose) return whole[row] ?? 0;
    return whole.reduce((all, value, at) => (at >= row ? all + value : all), 0);
  };
  const all = before.at(-1) ?? one;
  const toParent = Float64Array.from({ length: parent.rows }, (_, row) => {
    const most = parent.low + row - lows;
    return loose ? all.reduce((sum, value, at) => (at <= most ? sum + value : sum), 0) : (all[most] ?? 0);
  });
  const fitting = Float64Array.from({ length: all.length }, (_, at) => fits(lows + at));
  const toChildren = children.map((child, n) => {
    const rest = convolved(before[n] ?? one, behind[children.length - 1 - n] ?? one);
    return Float64Array.from({ length: child.rows }, (_, row) =>
      rest.reduce((sum, value, at) => sum + value * (fitting[row + at] ?? 0), 0),
    );
  });
  return [toParent, ...toChildren];
}

function convolved(one: Float64Array, other: Float64Array): Float64Array {
  const all = new Float64Array(one.length + other.length - 1);
  for (let a = 0; a < one.length; a++)
    for (let b = 0; b < other.length; b++)
      all[a + b] = (all[a + b] as number) + (one[a] as number) * (other[b] as number);
  return all;
}

export type Near = { small: Node; large: Node };

/** Fewer than so many complaints between two cells: one of them is not shown. */
const near = 5;

/** A cell is held back since at least one of these pairs, which it is in, is nearly equal; or shown as none of them is. */
export function nearBond(cell: Node, pairs: Near[], isHeld: boolean): Bond {
  const others = pairs.map(({ small, large }) => (small === cell ? large : small));
  const isFar = (pair: Near | undefined, x: number, y: number) =>
    pair?.small === cell ? y - x >= near : x - y >= near;
  const tell = ([own, ...rest]: Float64Array[]) => {
    const mine = own ? countsOf(cell, own) : new Float64Array();
    const theirs = rest.map((one, n) => countsOf(others[n] ?? cell, one));
    const far = theirs.map((counts, n) => {
      const total = counts.reduce((sum, one) => sum + one, 0) || 1;
      const { low = 0 } = others[n] ?? {};
      return mine.map(
        (_, row) =>
          counts.reduce((sum, one, at) => sum + (isFar(pairs[n], cell.low + row, low + at) ? one : 0), 0) / total,
      );
    });
    const allFar = (row: number, but = -1) => far.reduce((all, one, n) => (n === but ? all : all * (one[row] ?? 0)), 1);
    const toCell = mine.map((_, row) => (isHeld ? 1 - allFar(row) : allFar(row)));
    const toOthers = others.map((other, n) =>
      Float64Array.from({ length: other.rows }, (_, at) =>
        mine.reduce((sum, value, row) => {
          const all = isFar(pairs[n], cell.low + row, other.low + at) ? allFar(row, n) : 0;
          return sum + value * (isHeld ? 1 - all : all);
        }, 0),
      ),
    );
    return [toCell, ...toOthers].map(spread);
  };
  return aBond([cell, ...others], tell, 1e-10);
}

function spread(counts: Float64Array): Float64Array {
  const all = new Float64Array(counts.length * keys);
  for (const [row, count] of counts.entries()) all.fill(count, row * keys, (row + 1) * keys);
  return all;
}
