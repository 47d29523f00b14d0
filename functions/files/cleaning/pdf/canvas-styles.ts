import type { BlendMode, CanvasKit, Image, Shader } from "canvaskit-wasm";
import { Matrix } from "./paths.ts";

/** What a shape is filled with: a colour as CSS writes it, colours between two points or circles, or a picture. */
export type Style = string | Gradient | Pattern;

export class Gradient {
  readonly stops: { place: number; colour: string }[] = [];
  /** Two points, or two circles: x, y and radius of each. */
  readonly ends: number[];

  constructor(ends: number[]) {
    this.ends = ends;
  }

  addColorStop(place: number, colour: string): void {
    this.stops.push({ place, colour });
  }
}

export class Pattern {
  readonly image: Image;
  readonly isRepeated: boolean;
  matrix = new Matrix();

  constructor(image: Image, { isRepeated }: { isRepeated: boolean }) {
    this.image = image;
    this.isRepeated = isRepeated;
  }

  setTransform(matrix: Matrix): void {
    this.matrix = matrix;
  }
}

/** A matrix in Skia's order. */
export const rowsOf = ({ a, b, c, d, e, f }: Matrix) => [a, c, e, b, d, f, 0, 0, 1];

export const colourOf = (skia: CanvasKit, text: string) =>
  skia.parseColorString(text === "transparent" ? "#00000000" : text);

/** `matrix`: from the style's coordinates to those in which the shape is drawn. */
export function shaderOf(skia: CanvasKit, style: Gradient | Pattern, matrix: Matrix): Shader {
  const { Shader, TileMode, FilterMode, MipmapMode } = skia;
  if (style instanceof Pattern) {
    const tile = style.isRepeated ? TileMode.Repeat : TileMode.Decal;
    const rows = rowsOf(matrix.multiply(style.matrix));
    return style.image.makeShaderOptions(tile, tile, FilterMode.Linear, MipmapMode.None, rows);
  }
  const colours = style.stops.map(({ colour }) => colourOf(skia, colour));
  const places = style.stops.map(({ place }) => place);
  const half = style.ends.length / 2;
  const [from, to] = [style.ends.slice(0, half), style.ends.slice(half)];
  const [start, end] = [from.slice(0, 2), to.slice(0, 2)];
  const rows = rowsOf(matrix);
  if (half === 2) return Shader.MakeLinearGradient(start, end, colours, places, TileMode.Clamp, rows);
  const [radius = 0, endRadius = 0] = [from[2], to[2]];
  return Shader.MakeTwoPointConicalGradient(start, radius, end, endRadius, colours, places, TileMode.Clamp, rows);
}

/** Skia's names of the blend modes that browsers call otherwise. */
const otherNames: Record<string, string> = {
  "source-over": "SrcOver",
  "source-in": "SrcIn",
  "source-out": "SrcOut",
  "source-atop": "SrcATop",
  "destination-over": "DstOver",
  "destination-in": "DstIn",
  "destination-out": "DstOut",
  "destination-atop": "DstATop",
  lighter: "Plus",
  copy: "Src",
};

/** Blend modes that also change the pixels around a shape. */
const wide = new Set(["source-in", "source-out", "destination-in", "destination-atop", "copy"]);

export function blendModeOf({ BlendMode }: CanvasKit, name: string): { mode: BlendMode; isWide: boolean } {
  const skiaName = otherNames[name] ?? name.split("-").map(capitalized).join("");
  return { mode: BlendMode[skiaName as "SrcOver"] ?? BlendMode.SrcOver, isWide: wide.has(name) };
}

export const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
