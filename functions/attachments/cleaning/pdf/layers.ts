import type { PdfFile } from "./file.ts";
import { refuse } from "./refusal.ts";
import { type Dict, dictOf, isRef, nameOf, type Value } from "./values.ts";

type Reading = Pick<PdfFile, "resolve">;
/** The numbers of the layers that a document does not show when it is opened. */
export type HiddenLayers = ReadonlySet<number>;

export function hiddenLayers({ catalog, resolve }: PdfFile): HiddenLayers {
  const properties = dictOf(resolve(catalog.get("OCProperties")));
  const shown = dictOf(resolve(properties?.get("D")));
  const listed = (value: Value | undefined) => referencesIn(resolve(value));
  const base = nameOf(resolve(shown?.get("BaseState"))) === "OFF" ? listed(properties?.get("OCGs")) : [];
  const on = new Set(listed(shown?.get("ON")));
  const off = [...listed(shown?.get("OFF")), ...hiddenOnScreen(shown?.get("AS"), resolve)];
  return new Set([...base.filter((layer) => !on.has(layer)), ...off]);
}

/** Those that a document has hidden wherever it is read on a screen (PDF 32000-1, 8.11.4.4). */
function hiddenOnScreen(uses: Value | undefined, resolve: PdfFile["resolve"]): number[] {
  const inside = (value: Value | undefined, key: string) => dictOf(resolve(value))?.get(key);
  const isOfScreen = (use: Value) =>
    nameOf(resolve(inside(use, "Event"))) === "View" &&
    [resolve(inside(use, "Category"))].flat().some((category) => nameOf(resolve(category)) === "View");
  const isOff = (ref: number) =>
    nameOf(resolve(inside(inside(inside({ ref }, "Usage"), "View"), "ViewState"))) === "OFF";
  const all = resolve(uses);
  if (!Array.isArray(all)) return [];
  return all.filter(isOfScreen).flatMap((use) => referencesIn(resolve(inside(use, "OCGs"))).filter(isOff));
}

function referencesIn(value: Value): number[] {
  return Array.isArray(value) ? value.filter(isRef).map(({ ref }) => ref) : [];
}

type Policy = (layers: number[], hidden: HiddenLayers) => boolean;
/** When something that is on several layers is seen. */
const policies = new Map<string | undefined, Policy>([
  ["AnyOn", (layers, hidden) => layers.some((layer) => !hidden.has(layer))],
  ["AllOn", (layers, hidden) => layers.every((layer) => !hidden.has(layer))],
  ["AnyOff", (layers, hidden) => layers.some((layer) => hidden.has(layer))],
  ["AllOff", (layers, hidden) => layers.every((layer) => hidden.has(layer))],
]);

type Expression = { file: Reading; hidden: HiddenLayers; parts: number };
type Operator = (operands: Value[], isTrue: (operand: Value) => boolean) => boolean;
const operators = new Map<string | undefined, Operator>([
  ["And", (operands, isTrue) => operands.every(isTrue)],
  ["Or", (operands, isTrue) => operands.some(isTrue)],
  ["Not", ([operand = null], isTrue) => !isTrue(operand)],
]);
const [deepest, mostParts] = [100, 10_000];

/** A layer is true where it is seen; all else is an operator with layers and such expressions (PDF 32000-1, 8.11.2.2). */
function isTrue(whole: Expression, { value, depth }: { value: Value; depth: number }): boolean {
  if (isRef(value) && whole.hidden.has(value.ref)) return false;
  const expression = whole.file.resolve(value);
  if (!Array.isArray(expression)) return true;
  if (++whole.parts > mostParts || depth > deepest) refuse("too-much-inside");
  const [name, ...operands] = expression;
  const operator = operators.get(nameOf(whole.file.resolve(name)));
  return operator ? operator(operands, (operand) => isTrue(whole, { value: operand, depth: depth + 1 })) : true;
}

/** Whether what is on this layer, or on these layers together, is not seen. */
export function isHidden(value: Value | undefined, { file, hidden }: { file: Reading; hidden: HiddenLayers }): boolean {
  if (value === undefined || value === null) return false;
  if (isRef(value) && hidden.has(value.ref)) return true;
  const membership = dictOf(file.resolve(value));
  const expression = file.resolve(membership?.get("VE"));
  if (Array.isArray(expression)) return !isTrue({ file, hidden, parts: 0 }, { value: expression, depth: 0 });
  const groups = membership?.get("OCGs") ?? null;
  const layers = isRef(groups) && dictOf(file.resolve(groups)) ? [groups.ref] : referencesIn(file.resolve(groups));
  if (!membership || layers.length === 0) return false;
  const policy = policies.get(nameOf(file.resolve(membership.get("P"))) ?? "AnyOn");
  return policy ? !policy(layers, hidden) : false;
}

/** The names by which content marks what is not seen. */
export function hiddenNames(
  resources: Value | undefined,
  layers: { file: Reading; hidden: HiddenLayers },
): Set<string> {
  const properties: Dict | undefined = dictOf(
    layers.file.resolve(dictOf(layers.file.resolve(resources))?.get("Properties")),
  );
  const hidden = [...(properties ?? [])].filter(([, value]) => isHidden(value, layers));
  return new Set(hidden.map(([name]) => name));
}
