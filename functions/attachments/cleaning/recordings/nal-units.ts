import { joined, refuse, viewOf } from "./recording.ts";

type Keeps = (unit: Uint8Array) => boolean;

/**
 * Which units of a picture are kept: its slices and their parameters. Of all others no player draws anything:
 * supplemental information (of encoders, cameras or anybody), filler, marks, second pictures, or of no standard.
 */
export const keeps: Record<"avc" | "hevc", Keeps> = {
  avc: (unit) => {
    const type = avcType(unit);
    // Slices in parts are drawn by some players.
    if (type >= 2 && type <= 4) refuse("unreadable");
    return avcKept.has(type);
  },
  hevc: (unit) => {
    const [first = 0, second = 0] = unit;
    const isFirstLayer = (first & 1) === 0 && second >> 3 === 0;
    const type = hevcType(unit);
    return isFirstLayer && (hevcKept.has(type) || (type === endOfSequence && unit.length === 2));
  },
};
const avcKept = new Set([1, 5, 7, 8]);
const hevcKept = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 19, 20, 21, 32, 33, 34]);
/** Decides how the next picture is decoded. */
const endOfSequence = 36;

export const avcType = ([first = 0]: Uint8Array) => first & 0x1f;
export const hevcType = ([first = 0]: Uint8Array) => (first >> 1) & 0x3f;

/** The packet without the units that are not kept; each unit is preceded by its length. */
export function keptUnits(packet: Uint8Array, { lengthSize, keeps }: { lengthSize: number; keeps: Keeps }): Uint8Array {
  const kept = unitsIn(packet, lengthSize).filter((unit) => keeps(unit.subarray(lengthSize)));
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
