/**
 * Colour profiles (ICC.1:2022). A copy has none, so what it shows is that of the stored colours. A file is refused where its profile
 * makes a viewer show something else: letters that have the colour of their ground, or none where there seem to be some.
 */

/** A table of brightness, from the stored value (0 to 1) to light (0 to 1). */
type Curve = (stored: number) => number;

/** From light of the profile's connection space (XYZ, white D50) to red, green and blue of sRGB. */
const toRgb = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/** Whether stored colours look about the same with this profile and without it. A profile that cannot be read counts as another. */
export function isOrdinaryProfile(profile: Buffer): boolean {
  try {
    const tags = tagsOf(profile);
    // Tables that mix colours, and brightness beyond white.
    const hasMore = [...tags.keys()].some((name) => /^(A2B|D2B)|cicp/.test(name));
    const space = profile.toString("latin1", 16, 20);
    const curves = space === "GRAY" ? ["kTRC"] : ["rTRC", "gTRC", "bTRC"];
    const isLike = curves.every((name) => isLikeOfScreens(curveOf(tags.get(name))));
    return !hasMore && isLike && (space === "GRAY" || (space === "RGB " && hasOrdinaryPrimaries(tags)));
  } catch (error) {
    // A field lies beyond the end of the profile, or is missing.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function tagsOf(profile: Buffer): Map<string, Buffer> {
  const count = Math.min(profile.readUInt32BE(128), 100);
  return new Map(
    Array.from({ length: count }, (_, n) => {
      const at = 132 + 12 * n;
      const start = profile.readUInt32BE(at + 4);
      return [profile.toString("latin1", at, at + 4), profile.subarray(start, start + profile.readUInt32BE(at + 8))];
    }),
  );
}

const fixed = (tag: Buffer, at: number) => tag.readInt32BE(at) / 65_536;

function curveOf(tag: Buffer | undefined): Curve {
  const type = tag?.toString("latin1", 0, 4);
  if (tag && type === "curv") return tableIn(tag);
  if (tag && type === "para") return formulaIn(tag);
  throw new RangeError("a curve is missing");
}

function tableIn(tag: Buffer): Curve {
  const count = tag.readUInt32BE(8);
  if (count === 0) return (stored) => stored;
  if (count === 1) return (stored) => stored ** (tag.readUInt16BE(12) / 256);
  const lightAt = (n: number) => tag.readUInt16BE(12 + 2 * Math.min(n, count - 1)) / 65_535;
  return (stored) => {
    const place = stored * (count - 1);
    const part = place % 1;
    return lightAt(Math.floor(place)) * (1 - part) + lightAt(Math.floor(place) + 1) * part;
  };
}

/** The five formulas of a parametric curve, by their numbers; ICC.1:2022, table 68. */
function formulaIn(tag: Buffer): Curve {
  const kind = tag.readUInt16BE(8);
  const counts = [1, 3, 4, 5, 7];
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: counts[kind] ?? 0 }, (_, n) =>
    fixed(tag, 12 + 4 * n),
  );
  if (kind === 0) return (stored) => stored ** g;
  if (kind < 3) return (stored) => (stored >= -b / a ? (a * stored + b) ** g : 0) + c;
  if (kind < 5) return (stored) => (stored >= d ? (a * stored + b) ** g + e : c * stored + f);
  throw new RangeError("a curve of no kind");
}

/** The stored value of a screen (sRGB, 0 to 255) for light. */
function screenValue(light: number): number {
  const within = Math.min(1, Math.max(0, light));
  return 255 * (within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055);
}

/** How far a level may be from that of a screen, and what lies between a level and the eighth above it. Curves from gamma 1.6 to 2.6 are within. */
const limits = { difference: 48, least: 3, most: 24, dark: 24 };

function isLikeOfScreens(curve: Curve): boolean {
  const levels = Array.from({ length: 256 }, (_, stored) => screenValue(curve(stored / 255)));
  return levels.every((level, stored) => {
    const rise = (levels[stored + 8] ?? Number.NaN) - level;
    const isNear = Math.abs(level - stored) <= limits.difference && rise <= limits.most;
    return stored + 8 > 255 || (isNear && (stored < limits.dark || rise >= limits.least));
  });
}

/** Whether red, green and blue are about those of a screen, or of a wider range of colours. */
function hasOrdinaryPrimaries(tags: Map<string, Buffer>): boolean {
  const primaries = ["rXYZ", "gXYZ", "bXYZ"].map((name) => {
    const tag = tags.get(name) ?? Buffer.alloc(0);
    return [fixed(tag, 8), fixed(tag, 12), fixed(tag, 16)];
  });
  return toRgb.every((row, own) => {
    const shares = primaries.map((xyz) => row.reduce((sum, factor, n) => sum + factor * (xyz[n] ?? 0), 0));
    const white = shares.reduce((sum, share) => sum + share, 0);
    return Math.abs(white - 1) < 0.15 && shares.every((share, n) => (n === own ? share > 0.6 : Math.abs(share) < 1));
  });
}
