import type { Band, Look } from "./drawn.ts";

export function bandDrawing(_: Band, { title, width }: Look): string {
  return `<svg role="img" width="${width}"><title>${title}</title></svg>`;
}
