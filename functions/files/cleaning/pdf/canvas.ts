import canvaskit, { type CanvasKit, type Surface } from "canvaskit-wasm";
import { codecFiles } from "#shared/runtime/bundled-files.ts";
import { pathOf } from "../codec-instance.ts";
import { Context, type Sheet } from "./canvas-context.ts";
import { refusePdf } from "./findings.ts";
import { Matrix, Path } from "./paths.ts";

/** The package's types describe an ES module, but the package is CommonJS. */
const startSkia = canvaskit as unknown as typeof canvaskit.default;

/** Bytes that the canvases of one file may have at a time. A page of A4 has 4 MB, and each group of objects that much again. */
const largestCanvases = 256 * 1_024 * 1_024;

/**
 * A browser's canvas for pdf.js, which Node does not have. Skia draws, as in browsers. It is started for one file alone, so that
 * nothing of the file is in its memory when the next one is drawn.
 */
export async function startCanvases() {
  const skia = await startSkia({ locateFile: () => pathOf(codecFiles.canvas) });
  Object.assign(globalThis, { DOMMatrix: Matrix, Path2D: Path });
  const memory = { skia, used: 0 };
  /** What pdf.js expects as its `CanvasFactory`. */
  return class {
    create(width: number, height: number) {
      const canvas = new Canvas(memory, { width, height });
      return { canvas, context: canvas.getContext() };
    }

    reset({ canvas }: { canvas: Canvas }, width: number, height: number): void {
      canvas.resize({ width, height });
    }

    destroy({ canvas }: { canvas: Canvas }): void {
      canvas.resize({ width: 0, height: 0 });
    }

    getNoAlphaContext(canvas: Canvas): Context {
      return canvas.getContext();
    }
  };
}

/** `used`: bytes of the canvases that were not destroyed. */
type Memory = { skia: CanvasKit; used: number };

export class Canvas implements Sheet {
  width = 0;
  height = 0;
  readonly skia: CanvasKit;
  readonly #memory: Memory;
  readonly #context: Context;
  #surface: Surface | undefined;

  constructor(memory: Memory, size: { width: number; height: number }) {
    this.skia = memory.skia;
    this.#memory = memory;
    this.#context = new Context(this);
    this.resize(size);
  }

  /** Empties the canvas. */
  resize({ width, height }: { width: number; height: number }): void {
    this.#memory.used += 4 * (width * height - this.width * this.height);
    if (!(this.#memory.used <= largestCanvases)) refusePdf("too-complex");
    this.#surface?.delete();
    this.#surface = undefined;
    this.width = width;
    this.height = height;
    this.#context.reset();
  }

  get surface(): Surface {
    this.#surface ??= this.skia.MakeSurface(this.width, this.height) ?? refusePdf("too-complex");
    return this.#surface;
  }

  getContext(): Context {
    return this.#context;
  }
}
