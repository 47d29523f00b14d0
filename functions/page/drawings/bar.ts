import type { Bar, Look } from "./drawn.ts";

export function barDrawing(_: Bar, { title, width }: Look): string {
  return `<svg role="img" width="${width}"><title>${title}</title></svg>`;
}
