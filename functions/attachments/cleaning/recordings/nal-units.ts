import { joined, refuse, viewOf } from "./recording.ts";

type Keeps = (unit: Uint8Array) => boolean;

/**
 * Which units of a picture are kept: its slices and their parameters. Of all others no player draws anything:
 * supplemental information (of encoders, cameras or anybody), filler, marks, second pictures, or of no standard.
 */
export function keepsAvc(unit: Uint8Array): boolean {
  const type = avcType(unit);
  // Slices in parts are drawn by some players.
  if (type >= 2 && type <= 4) refuse("unreadable");
  return !isForbidden(unit) && avcKept.has(type);
}
const avcKept = new Set([1, 5, 7, 8]);

/** The same for the units of one track of H.265, from its start on. */
export function keepsHevc(): Keeps {
  let startsAnew = true;
  let skipsLeading = true;
  return (unit) => {
    const type = hevcType(unit);
    if (isForbidden(unit) || !isOfFirstLayer(unit)) return false;
    if (type === endOfSequence) {
      startsAnew ||= unit.length === 2;
      return unit.length === 2;
    }
    if (isKeyHevc(unit) && isFirstSlice(unit)) {
      skipsLeading = startsAnew || type !== openKey;
      startsAnew = false;
    }
    // They refer to pictures before the key picture; where there are none, no player draws them.
    return leading.has(type) ? !skipsLeading : hevcKept.has(type);
  };
}
const hevcKept = new Set([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 32, 33, 34]);
const leading = new Set([8, 9]);
const isFirstSlice = ([, , third = 0]: Uint8Array) => third >= 0x80;
/** Of the first layer in space, and of any in time, which are counted from one. */
const isOfFirstLayer = ([first = 0, second = 0]: Uint8Array) => (first & 1) === 0 && second > 0 && second < 8;
/** The one key picture behind which pictures may refer to those before it. */
const openKey = 21;
/** Decides how the next picture is decoded. */
const endOfSequence = 36;

const isForbidden = ([first = 0]: Uint8Array) => first >= 0x80;
export const avcType = ([first = 0]: Uint8Array) => first & 0x1f;
export const hevcType = ([first = 0]: Uint8Array) => (first >> 1) & 0x3f;

/** Slices of a picture that needs none before it. */
export const isKeyAvc = (unit: Uint8Array) => avcType(unit) === 5;
export const isKeyHevc = (unit: Uint8Array) => hevcType(unit) >= 16 && hevcType(unit) <= 21;

/** The packet without the units that are not kept; each unit is preceded by its length. */
export function keptUnits(packet: Uint8Array, { lengthSize, keeps }: { lengthSize: number; keeps: Keeps }): Uint8Array {
  const kept = unitsIn(packet, lengthSize).filter((unit) => keeps(unit.subarray(lengthSize)));
  const length = kept.reduce((sum, unit) => sum + unit.length, 0);
  return length === packet.length ? packet : joined(kept, length);
}

export function hasUnit(packet: Uint8Array, { lengthSize, is }: { lengthSize: number; is: Keeps }): boolean {
  return unitsIn(packet, lengthSize).some((unit) => is(unit.subarray(lengthSize)));
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
