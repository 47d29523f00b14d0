/**
 * The browser's `DOMMatrix` and `Path2D`, as far as pdf.js uses them. Node has neither. pdf.js expects them as global names.
 */

/** A point (x, y) becomes (ax + cy + e, bx + dy + f). */
export class Matrix {
  a = 1;
  b = 0;
  c = 0;
  d = 1;
  e = 0;
  f = 0;

  constructor(numbers: number[] = []) {
    this.#become(numbers);
  }

  get numbers(): number[] {
    return [this.a, this.b, this.c, this.d, this.e, this.f];
  }

  apply(x: number, y: number): [x: number, y: number] {
    return [this.a * x + this.c * y + this.e, this.b * x + this.d * y + this.f];
  }

  /** The matrix that first does `other` and then this one. */
  multiply(other: Matrix): Matrix {
    const { a, b, c, d } = this;
    return new Matrix([
      a * other.a + c * other.b,
      b * other.a + d * other.b,
      a * other.c + c * other.d,
      b * other.c + d * other.d,
      ...this.apply(other.e, other.f),
    ]);
  }

  translate(x: number, y: number): Matrix {
    return this.multiply(new Matrix([1, 0, 0, 1, x, y]));
  }

  scale(x: number, y: number): Matrix {
    return this.multiply(new Matrix([x, 0, 0, y, 0, 0]));
  }

  multiplySelf(other: Matrix): Matrix {
    return this.#become(this.multiply(other).numbers);
  }

  preMultiplySelf(other: Matrix): Matrix {
    return this.#become(other.multiply(this).numbers);
  }

  translateSelf(x: number, y: number): Matrix {
    return this.#become(this.translate(x, y).numbers);
  }

  scaleSelf(x: number, y: number): Matrix {
    return this.#become(this.scale(x, y).numbers);
  }

  /** A matrix without an inverse becomes NaN, as in browsers; nothing is drawn with it. */
  invertSelf(): Matrix {
    const { a, b, c, d, e, f } = this;
    const area = a * d - b * c || Number.NaN;
    return this.#become([d, -b, -c, a, c * f - d * e, b * e - a * f].map((number) => number / area));
  }

  #become([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: number[]): this {
    return Object.assign(this, { a, b, c, d, e, f });
  }
}

/** Skia's numbers of a path's steps. */
const steps = { move: 0, line: 1, quadratic: 2, cubic: 4, close: 5 };
/** How many points each step has, by its number. */
const pointsOf: Record<number, number> = { 0: 1, 1: 1, 2: 2, 4: 3, 5: 0 };

export class Path {
  /** Each step's number and coordinates, as Skia's `MakeFromCmds` takes them. */
  readonly commands: number[] = [];

  moveTo(x: number, y: number): void {
    this.commands.push(steps.move, x, y);
  }

  lineTo(x: number, y: number): void {
    this.commands.push(this.commands.length > 0 ? steps.line : steps.move, x, y);
  }

  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    this.commands.push(steps.quadratic, x1, y1, x, y);
  }

  bezierCurveTo(...points: number[]): void {
    this.commands.push(steps.cubic, ...points);
  }

  closePath(): void {
    if (this.commands.length > 0) this.commands.push(steps.close);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }

  addPath({ commands }: Path, { a, b, c, d, e, f } = new Matrix()): void {
    const matrix = new Matrix([a, b, c, d, e, f]);
    for (let at = 0; at < commands.length; ) {
      const step = commands[at++] ?? steps.close;
      this.commands.push(step);
      for (const end = at + 2 * (pointsOf[step] ?? 0); at < end; at += 2)
        this.commands.push(...matrix.apply(commands[at] ?? 0, commands[at + 1] ?? 0));
    }
  }
}
