const ascii = (text: string) => Buffer.from(text, "latin1");

function numbers(values: number[], width: 2 | 4): Buffer {
  const made = Buffer.alloc(values.length * width);
  values.forEach((value, n) => {
    if (width === 2) made.writeUInt16BE(value, n * width);
    else made.writeInt32BE(Math.round(value), n * width);
  });
  return made;
}
const fixed = (values: number[]) =>
  numbers(
    values.map((value) => value * 65_536),
    4,
  );
const tagOf = (type: string, ...parts: Buffer[]) => Buffer.concat([ascii(type), Buffer.alloc(4), ...parts]);

/** Curves of brightness, as tags of a profile: a gamma, a table of light by stored value (0 to 1), and the five formulas. */
export const gamma = (power: number) => tagOf("curv", numbers([1], 4), numbers([power * 256], 2));
export const table = (light: (stored: number) => number, size = 1_024) =>
  tagOf(
    "curv",
    numbers([size], 4),
    numbers(
      Array.from({ length: size }, (_, n) => Math.round(65_535 * Math.min(1, Math.max(0, light(n / (size - 1)))))),
      2,
    ),
  );
export const formula = (kind: number, values: number[]) => tagOf("para", numbers([kind, 0], 2), fixed(values));
export const curveOfScreens = formula(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);

/** Red, green and blue in XYZ for white D50. */
export const primaries = {
  srgb: [
    [0.4361, 0.2225, 0.0139],
    [0.3851, 0.7169, 0.0971],
    [0.1431, 0.0606, 0.7141],
  ],
  displayP3: [
    [0.5151, 0.2412, -0.0011],
    [0.292, 0.6922, 0.0419],
    [0.1571, 0.0666, 0.7841],
  ],
  adobe: [
    [0.6097, 0.3111, 0.0195],
    [0.2053, 0.6257, 0.0609],
    [0.1492, 0.0632, 0.7446],
  ],
};

type Colours = { curve?: Buffer; of?: number[][]; space?: string; more?: Record<string, Buffer> };

/** A colour profile (ICC.1:2022); that of a screen where nothing else is said. `more`: further tags. */
export function profileOf({
  curve = curveOfScreens,
  of = primaries.srgb,
  space = "RGB ",
  more = {},
}: Colours = {}): Buffer {
  const tags = Object.entries({
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
    kTRC: curve,
    rXYZ: tagOf("XYZ ", fixed(of[0] ?? [])),
    gXYZ: tagOf("XYZ ", fixed(of[1] ?? [])),
    bXYZ: tagOf("XYZ ", fixed(of[2] ?? [])),
    desc: tagOf("desc", ascii("MARKER")),
    ...more,
  });
  const head = Buffer.alloc(128 + 4 + 12 * tags.length);
  head.write(space, 16, "latin1");
  head.write("acsp", 36, "latin1");
  head.writeUInt32BE(tags.length, 128);
  let at = head.length;
  tags.forEach(([name, body], n) => {
    head.write(name, 132 + 12 * n, "latin1");
    head.writeUInt32BE(at, 136 + 12 * n);
    head.writeUInt32BE(body.length, 140 + 12 * n);
    at += body.length;
  });
  return Buffer.concat([head, ...tags.map(([, body]) => body)]);
}
