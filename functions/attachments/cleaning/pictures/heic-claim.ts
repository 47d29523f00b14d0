import { largestPicture } from "../cleaned.ts";
import type { Claimed } from "./claim.ts";
import { type Box, boxes, inside, kinds, partsOf, sizeIn, sizes } from "./heic-boxes.ts";

const brands = new Set(["heic", "heix", "heim", "heis"]);

/** Tiles reach over the edges of the picture that they make. */
const mostTiled = 2 * largestPicture.pixels;

/** Reads a HEIC's boxes; what follows the last whole one is no part of the picture. */
export function heicClaim(file: Buffer): Claimed {
  const top = [...boxes(file)];
  if (!isHeic(top[0])) return { uncleanable: "unreadable" };
  const isSequence = top.some(({ type }) => type === "moov");
  if (isSequence || !isPlainlyTiled(top)) return { uncleanable: "too-much-inside" };
  return {
    sizes: inside(top, ["meta", "iprp", "ipco", "ispe"]).map(sizeIn),
    // The decoder turns it as the boxes say; Exif repeats that, and is not to be followed.
    orientation: 1,
    picture: file.subarray(0, top.at(-1)?.end),
  };
}

function isHeic(first: Box | undefined): boolean {
  if (first?.type !== "ftyp") return false;
  const named = first.body.toString("latin1").match(/.{4}/gs) ?? [];
  return named.some((brand) => brands.has(brand));
}

/**
 * A picture of pictures can name the same one again and again, level by level, and cost days. Phones write one level of
 * coded tiles that together are about as large as the whole.
 */
function isPlainlyTiled(top: Box[]): boolean {
  const kind = kinds(top);
  const size = sizes(top);
  if ([...kind.values()].includes("iovl")) return false;
  const tiled = partsOf(top).filter(({ item }) => kind.get(item) === "grid");
  return tiled.every(({ parts }) => {
    const areas = parts.map((part) => (size.get(part)?.width ?? 0) * (size.get(part)?.height ?? 0));
    const total = areas.reduce((sum, area) => sum + area, 0);
    return parts.every((part) => kind.get(part) === "hvc1") && total <= mostTiled;
  });
}
