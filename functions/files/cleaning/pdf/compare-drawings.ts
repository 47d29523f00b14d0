import { halveSize, type Pixels, type Size } from "../pictures/picture.ts";

/**
 * The second reader draws half as large as PDFium, so that it needs less time and memory. `scale`: the page's size in its pixels;
 * `size`: that of its drawing, which lacks the last pixels that four pixels of PDFium's would not fill.
 */
export const secondDrawing = ({ width, height }: Size): { scale: Size; size: Size } => ({
  scale: { width: width / 2, height: height / 2 },
  size: { width: Math.floor(width / 4) * 2, height: Math.floor(height / 4) * 2 },
});

/**
 * Two drawings of a page are compared at 50 dots an inch. These numbers were measured with 147 honest files and with hidden texts: of
 * letters of 5 points, more pixels differ than anywhere in an honest page.
 */
const limits = {
  /** Pixels. Letters and lines may be this much beside their place in the other drawing. */
  shift: 2,
  /** Of 255. Pixels differ if a colour differs by more. */
  colour: 64,
  /** Pixels. The side of the square in which differing pixels are counted: 6 mm. */
  square: 12,
  /** The most differing pixels in a square. */
  count: 3,
};

/** Whether two drawings show the same. `drawn` is from PDFium at 200 dots an inch, `other` has that of `secondDrawing`. */
export function isAlike(drawn: Pixels, other: Pixels): boolean {
  const one = halveSize(halveSize({ ...drawn, rgba: drawn.rgba.slice() }));
  const two = halveSize(other);
  if (one.width === 0 || one.height === 0) return false;
  return !hasDenseSquare(differingPixels(one, two), one);
}

/** 1 for each pixel that starts a square of 2 by 2 differing pixels. Lines of one pixel may differ: readers draw thin lines unlike. */
function differingPixels(one: Pixels, other: Pixels): Uint8Array {
  const { width, height } = one;
  const differs = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      differs[at] = isNearby(one, other, { x, y }) && isNearby(other, one, { x, y }) ? 0 : 1;
  return differs.map((own, at) => {
    const isInside = at % width < width - 1;
    return isInside && own && differs[at + 1] && differs[at + width] && differs[at + width + 1] ? 1 : 0;
  });
}

/** Whether `other` has the colour of a pixel of `one` at the same place or nearby. */
function isNearby(one: Pixels, other: Pixels, { x, y }: { x: number; y: number }): boolean {
  const { width, height } = one;
  const from = (y * width + x) * 4;
  for (let row = Math.max(0, y - limits.shift); row <= Math.min(height - 1, y + limits.shift); row++)
    for (let column = Math.max(0, x - limits.shift); column <= Math.min(width - 1, x + limits.shift); column++)
      if (isSameColour(one.rgba, other.rgba, { from, to: (row * width + column) * 4 })) return true;
  return false;
}

function isSameColour(
  one: Uint8ClampedArray,
  other: Uint8ClampedArray,
  { from, to }: { from: number; to: number },
): boolean {
  for (let part = 0; part < 3; part++)
    if (Math.abs((one[from + part] ?? 0) - (other[to + part] ?? 0)) > limits.colour) return false;
  return true;
}

function hasDenseSquare(differs: Uint8Array, { width, height }: Size): boolean {
  // A place's number is how many differing pixels lie to the left of and above it.
  const row = width + 1;
  const before = new Uint32Array(row * (height + 1));
  const beforeAt = (x: number, y: number) => before[Math.min(y, height) * row + Math.min(x, width)] ?? 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      before[(y + 1) * row + x + 1] =
        (differs[y * width + x] ?? 0) + beforeAt(x, y + 1) + beforeAt(x + 1, y) - beforeAt(x, y);
  return differs.some((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const [right, bottom] = [x + limits.square, y + limits.square];
    const count = beforeAt(right, bottom) - beforeAt(right, y) - beforeAt(x, bottom) + beforeAt(x, y);
    return count > limits.count;
  });
}
