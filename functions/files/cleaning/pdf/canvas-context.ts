import type { CanvasKit, Paint, Path as SkiaPath, Surface } from "canvaskit-wasm";
import {
  blendModeOf,
  capitalized,
  colourOf,
  Gradient,
  Pattern,
  rowsOf,
  type Style,
  shaderOf,
} from "./canvas-styles.ts";
import { refusePdf } from "./findings.ts";
import { Matrix, Path } from "./paths.ts";

const startState = {
  fillStyle: "#000000" as Style,
  strokeStyle: "#000000" as Style,
  globalAlpha: 1,
  globalCompositeOperation: "source-over",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  miterLimit: 10,
  lineDashOffset: 0,
  imageSmoothingEnabled: true,
  /** Filters are not built in; pdf.js does without them in Node. */
  filter: "none",
  dashes: [] as number[],
  matrix: new Matrix(),
};
type State = typeof startState;
type PathAndRule = [path: Path, rule?: string] | [rule?: string];
type ImageData = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

/** What is drawn on, or drawn itself. */
export type Sheet = { readonly skia: CanvasKit; readonly surface: Surface; width: number; height: number };

/**
 * The browser's `CanvasRenderingContext2D`, as far as pdf.js uses it, with the names and meanings of the HTML standard. Skia's own
 * transform stays empty: paths are transformed before they are drawn.
 */
export class Context implements State {
  declare fillStyle: Style;
  declare strokeStyle: Style;
  declare globalAlpha: number;
  declare globalCompositeOperation: string;
  declare lineWidth: number;
  declare lineCap: string;
  declare lineJoin: string;
  declare miterLimit: number;
  declare lineDashOffset: number;
  declare imageSmoothingEnabled: boolean;
  declare filter: string;
  declare dashes: number[];
  declare matrix: Matrix;
  readonly canvas: Sheet;
  readonly #skia: CanvasKit;
  #saved: State[] = [];
  /** The current path, in pixels. */
  #path = new Path();

  constructor(canvas: Sheet) {
    this.canvas = canvas;
    this.#skia = canvas.skia;
    this.reset();
  }

  reset(): void {
    Object.assign(this, startState);
    this.#saved = [];
    this.#path = new Path();
  }

  get #target() {
    return this.canvas.surface.getCanvas();
  }

  save(): void {
    const state = Object.keys(startState).map((key) => [key, this[key as keyof State]]);
    this.#saved.push(Object.fromEntries(state));
    this.#target.save();
  }

  restore(): void {
    const state = this.#saved.pop();
    if (!state) return;
    Object.assign(this, state);
    this.#target.restore();
  }

  getTransform(): Matrix {
    return new Matrix(this.matrix.numbers);
  }

  setTransform(...matrix: [Matrix] | number[]): void {
    const [first] = matrix;
    this.matrix = new Matrix(first instanceof Matrix ? first.numbers : (matrix as number[]));
  }

  transform(...numbers: number[]): void {
    this.matrix = this.matrix.multiply(new Matrix(numbers));
  }

  translate(x: number, y: number): void {
    this.matrix = this.matrix.translate(x, y);
  }

  scale(x: number, y: number): void {
    this.matrix = this.matrix.scale(x, y);
  }

  rotate(angle: number): void {
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
    this.transform(cosine, sine, -sine, cosine, 0, 0);
  }

  setLineDash(dashes: number[]): void {
    this.dashes = dashes.length % 2 === 0 ? dashes : [...dashes, ...dashes];
  }

  getLineDash(): number[] {
    return this.dashes;
  }

  beginPath(): void {
    this.#path = new Path();
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.addPath(rectangle(x, y, width, height), this.matrix);
  }

  closePath(): void {
    this.#path.closePath();
  }

  fill(...what: PathAndRule): void {
    this.#paint({ style: this.fillStyle, matrix: this.matrix }, (paint) =>
      this.#withPath(what, (path) => this.#target.drawPath(path, paint)),
    );
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.fill(rectangle(x, y, width, height));
  }

  clip(...what: PathAndRule): void {
    this.#withPath(what, (path) => this.#target.clipPath(path, this.#skia.ClipOp.Intersect, true));
  }

  stroke(path: Path): void {
    const { StrokeCap, StrokeJoin, PaintStyle, PathEffect } = this.#skia;
    const drawn = this.#skiaPath(path);
    const isDashed = this.dashes.some((length) => length > 0);
    const dash = isDashed ? PathEffect.MakeDash(this.dashes, this.lineDashOffset) : undefined;
    this.#paint({ style: this.strokeStyle, matrix: new Matrix() }, (paint) => {
      paint.setStyle(PaintStyle.Stroke);
      paint.setStrokeWidth(this.lineWidth);
      paint.setStrokeMiter(this.miterLimit);
      paint.setStrokeCap(StrokeCap[capitalized(this.lineCap) as "Butt"]);
      paint.setStrokeJoin(StrokeJoin[capitalized(this.lineJoin) as "Miter"]);
      if (dash) paint.setPathEffect(dash);
      this.#transformed(() => this.#target.drawPath(drawn, paint));
    });
    dash?.delete();
    drawn.delete();
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.stroke(rectangle(x, y, width, height));
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    const paint = new this.#skia.Paint();
    paint.setBlendMode(this.#skia.BlendMode.Clear);
    this.#withPath([rectangle(x, y, width, height)], (path) => this.#target.drawPath(path, paint));
    paint.delete();
  }

  /** `places`: x, y; or x, y, width, height; or these four of the part that is drawn, and four of the place. */
  drawImage({ surface, width, height }: Sheet, ...places: number[]): void {
    const { FilterMode, MipmapMode, XYWHRect } = this.#skia;
    const [part, place] = {
      2: [
        [0, 0, width, height],
        [...places, width, height],
      ],
      4: [[0, 0, width, height], places],
    }[places.length] ?? [places.slice(0, 4), places.slice(4)];
    const image = surface.makeImageSnapshot();
    const smoothing = this.imageSmoothingEnabled ? FilterMode.Linear : FilterMode.Nearest;
    const [from, to] = [part, place].map(([x = 0, y = 0, wide = 0, high = 0] = []) => XYWHRect(x, y, wide, high));
    this.#paint({ style: "#000000", matrix: new Matrix() }, (paint) =>
      this.#transformed(() =>
        this.#target.drawImageRectOptions(image, from ?? [], to ?? [], smoothing, MipmapMode.None, paint),
      ),
    );
    image.delete();
  }

  createImageData(width: number, height: number): ImageData {
    return { width, height, data: new Uint8ClampedArray(width * height * 4) };
  }

  putImageData({ data, width, height }: ImageData, x: number, y: number): void {
    const { alphaType, colorType, colorSpace } = this.#pixelFormat;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
    this.#target.writePixels(bytes, width, height, x, y, alphaType, colorType, colorSpace);
  }

  getImageData(x: number, y: number, width: number, height: number): ImageData {
    const pixels = this.#target.readPixels(x, y, { width, height, ...this.#pixelFormat });
    return { width, height, data: new Uint8ClampedArray(pixels ?? refusePdf("too-complex")) };
  }

  createLinearGradient(...ends: number[]): Gradient {
    return new Gradient(ends);
  }

  createRadialGradient(...ends: number[]): Gradient {
    return new Gradient(ends);
  }

  createPattern({ surface }: Sheet, repetition: string): Pattern {
    return new Pattern(surface.makeImageSnapshot(), { isRepeated: repetition === "repeat" });
  }

  /** pdf.js asks the browser for text only where it has no font for it. */
  measureText(): never {
    return refusePdf("font-missing");
  }

  fillText(): never {
    return refusePdf("font-missing");
  }

  strokeText(): never {
    return refusePdf("font-missing");
  }

  get #pixelFormat() {
    const { AlphaType, ColorType, ColorSpace } = this.#skia;
    return { alphaType: AlphaType.Unpremul, colorType: ColorType.RGBA_8888, colorSpace: ColorSpace.SRGB };
  }

  /** Calls `use` with the given path, or else with the current path, in pixels. */
  #withPath([path, rule]: PathAndRule, use: (path: SkiaPath) => void): void {
    const { FillType } = this.#skia;
    const placed = new Path();
    if (path instanceof Path) placed.addPath(path, this.matrix);
    else placed.addPath(this.#path);
    const skiaPath = this.#skiaPath(placed);
    skiaPath.setFillType([path, rule].includes("evenodd") ? FillType.EvenOdd : FillType.Winding);
    use(skiaPath);
    skiaPath.delete();
  }

  #skiaPath({ commands }: Path): SkiaPath {
    return this.#skia.Path.MakeFromCmds(commands) ?? refusePdf("unreadable");
  }

  #transformed(draw: () => void): void {
    this.#target.save();
    this.#target.concat(rowsOf(this.matrix));
    draw();
    this.#target.restore();
  }

  #paint({ style, matrix }: { style: Style; matrix: Matrix }, draw: (paint: Paint) => void): void {
    const paint = new this.#skia.Paint();
    paint.setAntiAlias(true);
    const shader = typeof style === "string" ? undefined : shaderOf(this.#skia, style, matrix);
    if (typeof style === "string") paint.setColor(colourOf(this.#skia, style));
    if (shader) paint.setShader(shader);
    paint.setAlphaf(this.globalAlpha * (paint.getColor()[3] ?? 1));
    const { mode, isWide } = blendModeOf(this.#skia, this.globalCompositeOperation);
    if (isWide) this.#inLayer(mode, () => draw(paint));
    else {
      paint.setBlendMode(mode);
      draw(paint);
    }
    shader?.delete();
    paint.delete();
  }

  /** Draws into a layer that is as large as the clip, so that the blend mode reaches all pixels of the clip. */
  #inLayer(mode: ReturnType<typeof blendModeOf>["mode"], draw: () => void): void {
    const layer = new this.#skia.Paint();
    layer.setBlendMode(mode);
    this.#target.saveLayer(layer);
    draw();
    this.#target.restore();
    layer.delete();
  }
}

function rectangle(x: number, y: number, width: number, height: number): Path {
  const path = new Path();
  path.rect(x, y, width, height);
  return path;
}
