import type { PdfFile } from "./file.ts";
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
  return new Set([...base.filter((layer) => !on.has(layer)), ...listed(shown?.get("OFF"))]);
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

/** Whether what is on this layer, or on these layers together, is not seen. */
export function isHidden(value: Value | undefined, { file, hidden }: { file: Reading; hidden: HiddenLayers }): boolean {
  if (value === undefined || value === null) return false;
  if (isRef(value) && hidden.has(value.ref)) return true;
  const membership = dictOf(file.resolve(value));
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
