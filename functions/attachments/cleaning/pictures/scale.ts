import { copyIn, copyOut, newModule } from "./codec-instance.ts";
import { halve, isOpaque, type Pixels, type Size, unweigh, weigh } from "./pixels.ts";

type Resize = {
  resize: (...place: [answer: number, at: number, length: number, ...sizesAndChoices: number[]]) => void;
};

/** Lanczos over three pixels, which keeps letters sharp; alpha weighed by ourselves; and values as they are stored. */
const choices = [3, 0, 0];

/**
 * A picture whose longer side is at most as long as that, with no more of its colours than is seen: those beneath what is
 * transparent may still show what was erased.
 */
export async function scaleDown(pixels: Pixels, largestSide: number): Promise<Pixels> {
  const scale = largestSide / longerSide(pixels);
  const size = { width: scaled(pixels.width, scale), height: scaled(pixels.height, scale) };
  const isTranslucent = !isOpaque(pixels);
  if (isTranslucent) weigh(pixels);
  const smaller = scale < 1 ? await resized(halved(pixels, largestSide), size) : pixels;
  if (isTranslucent) unweigh(smaller);
  return smaller;
}

/** Lanczos takes a lot of memory for its input, so the largest pictures come to it halved. */
function halved(pixels: Pixels, largestSide: number): Pixels {
  const isLarge = longerSide(pixels) >= 2 * largestSide && Math.min(pixels.width, pixels.height) > 1;
  return isLarge ? halved(halve(pixels), largestSide) : pixels;
}

async function resized({ rgba, width, height }: Pixels, size: Size): Promise<Pixels> {
  const module = await newModule<Resize>("resize", {});
  const at = copyIn(module, rgba);
  const out = copyOut(module, (answer) => {
    module.resize(answer, at, rgba.length, width, height, size.width, size.height, ...choices);
  });
  return { rgba: new Uint8ClampedArray(out.buffer), ...size };
}

function longerSide({ width, height }: Size): number {
  return Math.max(width, height);
}

function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}
