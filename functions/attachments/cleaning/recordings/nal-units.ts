import { joined, refuse, viewOf } from "./recording.ts";

type Kind = { typeOf: (firstByte: number) => number; keeps: (type: number) => boolean };

/**
 * Which units of a picture are kept: its slices, their parameters and the marks between pictures. All others are
 * supplemental information (of encoders, cameras or anybody), filler, or of no standard.
 */
export const nalTypes: Record<"avc" | "hevc", Kind> = {
  avc: { typeOf: (first) => first & 0x1f, keeps: (type) => avcKept.has(type) },
  hevc: { typeOf: (first) => (first >> 1) & 0x3f, keeps: (type) => type <= 37 },
};
const avcKept = new Set([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 19]);

/** The packet without the units that are not kept; each unit is preceded by its length. */
export function keptUnits(
  packet: Uint8Array,
  { lengthSize, typeOf, keeps }: { lengthSize: number } & Kind,
): Uint8Array {
  const kept = unitsIn(packet, lengthSize).filter((unit) => keeps(typeOf(unit[lengthSize] ?? 0)));
  const length = kept.reduce((sum, unit) => sum + unit.length, 0);
  return length === packet.length ? packet : joined(kept, length);
}

function unitsIn(packet: Uint8Array, lengthSize: number): Uint8Array[] {
  const view = viewOf(packet);
  const units: Uint8Array[] = [];
  for (let at = 0; at < packet.length; ) {
    if (at + lengthSize >= packet.length) refuse("unreadable");
    const end = at + lengthSize + readLength(view, { at, lengthSize });
    if (end > packet.length || end === at + lengthSize) refuse("unreadable");
    units.push(packet.subarray(at, end));
    at = end;
  }
  return units;
}

function readLength(view: DataView, { at, lengthSize }: { at: number; lengthSize: number }): number {
  let length = 0;
  for (let n = 0; n < lengthSize; n++) length = length * 256 + view.getUint8(at + n);
  return length;
}
