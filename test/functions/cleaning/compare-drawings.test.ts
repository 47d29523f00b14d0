import { describe, expect, test } from "vitest";
import { isAlike } from "#functions/files/cleaning/pdf/compare-drawings.ts";

type Box = { x: number; y: number; width: number; height: number; colour?: number };
const white = 255;

/** A drawing with boxes in it, in pixels at 50 dots an inch. `scale`: how many pixels of the drawing each of these is. */
function drawing(boxes: Box[], scale: number) {
  const [width, height] = [100 * scale, 60 * scale];
  const rgba = new Uint8ClampedArray(width * height * 4).fill(white);
  for (const { x, y, width: wide, height: high, colour = 0 } of boxes)
    for (let row = y * scale; row < (y + high) * scale; row++)
      for (let column = x * scale; column < (x + wide) * scale; column++)
        rgba.fill(colour, (row * width + column) * 4, (row * width + column) * 4 + 3);
  return { rgba, width, height };
}

const isSeenAlike = (one: Box[], other: Box[]) => isAlike(drawing(one, 4), drawing(other, 2));

const box = { x: 20, y: 20, width: 4, height: 4 };
const grey = (colour: number) => ({ ...box, colour });

describe("two drawings are alike", () => {
  test.each<[string, Box[], Box[]]>([
    ["if both are empty", [], []],
    ["if both show the same", [box], [box]],
    ["if one shows it two pixels beside", [box], [{ ...box, x: 22, y: 18 }]],
    ["if a thin line is in one alone", [{ ...box, width: 60, height: 1 }], []],
    ["if a colour is a little lighter", [grey(0)], [grey(60)]],
    ["if a speck is in one alone", [{ ...box, width: 2, height: 2 }], []],
  ])("%s", (_, one, other) => {
    expect([isSeenAlike(one, other), isSeenAlike(other, one)]).toEqual([true, true]);
  });
});

describe("two drawings are not alike", () => {
  test.each<[string, Box[], Box[]]>([
    ["if one shows more", [box], []],
    ["if one shows it elsewhere", [box], [{ ...box, x: 40 }]],
    ["if one shows it in another colour", [grey(0)], [grey(120)]],
    ["if one shows more at the very edge", [{ x: 96, y: 56, width: 4, height: 4 }], []],
  ])("%s", (_, one, other) => {
    expect([isSeenAlike(one, other), isSeenAlike(other, one)]).toEqual([false, false]);
  });
});
