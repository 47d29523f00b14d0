import type { Funnel, Look } from "./drawn.ts";

export function funnelDrawing(_: Funnel, { title, width }: Look): string {
  return `<svg role="img" width="${width}"><title>${title}</title></svg>`;
}
