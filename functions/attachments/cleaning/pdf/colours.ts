import type { Resolve } from "./filters.ts";
import type { Kind } from "./keys.ts";
import { refuse } from "./refusal.ts";
import { isStream, nameOf, type Value } from "./values.ts";

/** A part of a colour space: what still has to be copied, or what stands in its place. */
export type Part = { value: Value; kind: Kind } | { as: Value };

/** What follows the name of each family. */
const families: Record<string, Kind[]> = {
  CalGray: ["calibration"],
  CalRGB: ["calibration"],
  Lab: ["calibration"],
  Indexed: ["colour", "plain", "palette"],
  I: ["colour", "plain", "palette"],
  Separation: ["plain", "colour", "function"],
  DeviceN: ["plain", "colour", "function"],
  Pattern: ["colour"],
};

const devices: Record<number, string> = { 1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK" };

export function colourParts(value: Value, resolve: Resolve): Part[] {
  if (!Array.isArray(value)) return [];
  const family = nameOf(resolve(value[0])) ?? refuse("unreadable");
  if (family === "ICCBased") return profileParts(resolve(value[1]), resolve);
  const kinds = Object.hasOwn(families, family) ? (families[family] ?? []) : [];
  const parts = kinds.slice(0, value.length - 1).map((kind, index) => ({ value: value[index + 1] ?? null, kind }));
  return [{ as: { name: family } }, ...parts];
}

/**
 * A profile names its maker, its owner and its day, and cannot be emptied and stay one that every reader takes. What
 * phones, scanners and word processors embed is nearly always sRGB or grey, and that is what readers show the device
 * colours as; another profile shifts a little. Only Lab numbers would be wrong as a device's, and they have an alternate.
 */
function profileParts(profile: Value, resolve: Resolve): Part[] {
  if (!isStream(profile)) return refuse("unreadable");
  const alternate = resolve(profile.dict.get("Alternate"));
  if (Array.isArray(alternate) && nameOf(resolve(alternate[0])) === "Lab") return colourParts(alternate, resolve);
  const many = resolve(profile.dict.get("N"));
  const device = typeof many === "number" ? devices[many] : undefined;
  return [{ as: { name: device ?? refuse("unreadable") } }];
}
