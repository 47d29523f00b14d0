import { largestPicture, type Uncleanable } from "../cleaned.ts";
import type { Size } from "./pixels.ts";
import type { Orientation } from "./turn.ts";

/** What a picture says of itself, read before anything is decoded. */
export type Claim = {
  /** Of the picture, and of whatever else in the file a decoder would make room for. */
  sizes: Size[];
  orientation: Orientation;
  /** The bytes that a decoder needs; where it is easy without the rest, so that less is trusted to it. */
  picture: Uint8Array;
};
export type Claimed = Claim | { uncleanable: Uncleanable };

/** Why a picture is not decoded; undefined where it may be. */
export function refusalOf({ sizes }: Claim): Uncleanable | undefined {
  if (sizes.length === 0) return "unreadable";
  return sizes.every(isBearable) ? undefined : "too-much-inside";
}

function isBearable({ width, height }: Size): boolean {
  const shorter = Math.min(width, height);
  const longer = Math.max(width, height);
  return shorter > 0 && longer <= largestPicture.side && width * height <= largestPicture.pixels;
}
