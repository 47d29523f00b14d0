import { type Copying, copyStream } from "./copy.ts";
import { isHidden } from "./layers.ts";
import { boxOf } from "./pages.ts";
import { refuse } from "./refusal.ts";
import { type Dict, dictOf, isDict, isStream, isText, nameOf, type Stream, type Value } from "./values.ts";
import { add } from "./writer.ts";

/** What an annotation looks like, as a drawing of its own, and the operators that draw it in its place. */
export type Flattened = { drawing: { ref: number }; operators: (name: string) => string };

const [hidden, noView] = [2, 32];

/** Everything on the page that is shown though it is not of the page: filled fields, stamps, marks, notes. */
export function flattenedAnnotations(copying: Copying, page: Dict): Flattened[] {
  const annotations = copying.file.resolve(page.get("Annots"));
  if (!Array.isArray(annotations)) return [];
  return annotations.flatMap((value) => {
    const annotation = copying.file.resolve(value);
    return isDict(annotation) && isSeen(copying, annotation) ? flattened(copying, annotation) : [];
  });
}

function isSeen(copying: Copying, annotation: Dict): boolean {
  const { file } = copying;
  const flags = file.resolve(annotation.get("F"));
  const hides = typeof flags === "number" && (flags & (hidden | noView)) !== 0;
  if (hides || isHidden(annotation.get("OC"), copying)) return false;
  return nameOf(file.resolve(annotation.get("Subtype"))) !== "Popup";
}

function flattened(copying: Copying, annotation: Dict): Flattened[] {
  const { file } = copying;
  const appearance = appearanceOf(copying, annotation);
  const rect = boxOf(file, annotation.get("Rect"));
  const box = boxOf(file, appearance?.dict.get("BBox"));
  if (!appearance && hasSize(rect) && isFilled(copying, annotation)) refuse("unreadable");
  if (!appearance || !rect || !box) return [];
  const placing = placement({ rect, box, matrix: matrixOf(copying, appearance) });
  const drawing = placing && lookOf(copying, appearance);
  if (!drawing) return [];
  const operators = (name: string) => `q ${placing.map((one) => one.toFixed(6)).join(" ")} cm /${name} Do Q\n`;
  return [{ drawing, operators }];
}

function hasSize([x1, y1, x2, y2]: number[] = []): boolean {
  return x1 !== x2 && y1 !== y2;
}

const mostBranches = 100;

/** A field that says nothing of its look is drawn by the readers that know how. What was written there must not be lost. */
function isFilled({ file: { resolve } }: Copying, annotation: Dict): boolean {
  if (nameOf(resolve(annotation.get("Subtype"))) !== "Widget") return false;
  let field: Dict | undefined = annotation;
  for (let branch = 0; field && branch < mostBranches; branch++) {
    const value = resolve(field.get("V"));
    if (value !== null) return [value].flat().some((one) => isWritten(resolve(one)));
    field = dictOf(resolve(field.get("Parent")));
  }
  return false;
}

/** Programs write an empty text as the mark of its encoding alone. */
function isWritten(value: Value): boolean {
  if (isStream(value)) return value.body.length > 0;
  if (!isText(value)) return false;
  const encoding = value.text[0] === 0xfe && value.text[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(value.text).trim() !== "";
}

/** Programs forget to say that a look is a drawing, without which it would not be drawn. */
function lookOf(copying: Copying, appearance: Stream): { ref: number } | null {
  const known = copying.looks.get(appearance);
  if (known !== undefined) return known;
  const drawing = copyStream(copying, { stream: appearance, kind: "form" });
  if (isStream(drawing)) drawing.dict.set("Subtype", { name: "Form" });
  const look = isStream(drawing) ? add(copying.objects, drawing) : null;
  copying.looks.set(appearance, look);
  return look;
}

/** The normal appearance, in the state that the annotation is in. */
function appearanceOf({ file }: Copying, annotation: Dict): Stream | undefined {
  const normal = file.resolve(dictOf(file.resolve(annotation.get("AP")))?.get("N"));
  if (isStream(normal)) return normal;
  const state = nameOf(file.resolve(annotation.get("AS")));
  const chosen = isDict(normal) && state !== undefined ? file.resolve(normal.get(state)) : null;
  return isStream(chosen) ? chosen : undefined;
}

const asItIs = [1, 0, 0, 1, 0, 0];

function matrixOf({ file }: Copying, appearance: Stream): number[] {
  const value = file.resolve(appearance.dict.get("Matrix"));
  const numbers = Array.isArray(value) ? value.map((one: Value) => file.resolve(one)) : [];
  return numbers.length >= 6 && numbers.every((one) => typeof one === "number") ? numbers : asItIs;
}

/** Brings the box, turned by its matrix, onto the rectangle (PDF 32000-1, 12.5.5); undefined where it has no size. */
function placement({ rect, box, matrix }: { rect: number[]; box: number[]; matrix: number[] }): number[] | undefined {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
  const corners = [x1, x2].flatMap((x) => [y1, y2].map((y) => [a * x + c * y + e, b * x + d * y + f]));
  const from = bounds(corners);
  const [rx1 = 0, ry1 = 0, rx2 = 0, ry2 = 0] = rect;
  const to = bounds([
    [rx1, ry1],
    [rx2, ry2],
  ]);
  const [across, up] = [from.width && to.width / from.width, from.height && to.height / from.height];
  if (across === 0 || up === 0) return undefined;
  return [across, 0, 0, up, to.left - from.left * across, to.bottom - from.bottom * up];
}

function bounds(points: number[][]): { left: number; bottom: number; width: number; height: number } {
  const [xs, ys] = [points.map(([x = 0]) => x), points.map(([, y = 0]) => y)];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return { left, bottom, width: Math.max(...xs) - left, height: Math.max(...ys) - bottom };
}
