import type { Look, Months } from "./drawn.ts";

export function monthsDrawing(_: Months, { title, width }: Look): string {
  return `<svg role="img" width="${width}"><title>${title}</title></svg>`;
}
