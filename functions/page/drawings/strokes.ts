import type { Look, Strokes } from "./drawn.ts";

export function strokesDrawing(_: Strokes, { title, width }: Look): string {
  return `<svg role="img" width="${width}"><title>${title}</title></svg>`;
}
