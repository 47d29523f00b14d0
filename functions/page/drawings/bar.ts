import type { Bar, Look } from "./drawn.ts";
import { penFor } from "./pen.ts";

/** From the side where reading begins, to the longest's length; what is not nothing is seen. */
export function barDrawing({ share }: Bar, look: Look): string {
  const pen = penFor(look);
  const width = share > 0 ? Math.max(1, Math.round(share * look.width)) : 0;
  return pen.framed(width > 0 ? pen.path("grey", pen.box({ x: 0, y: 0, width, height: 8 })) : "", 8);
}
