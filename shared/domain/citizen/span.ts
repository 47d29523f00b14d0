/** A stretch of a text: from its first character to the one behind its last. */
export type Span = { from: number; to: number };

/** What lies between them, however they overlap, from left to right. */
export function united(spans: Span[]): Span[] {
  const apart: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else apart.push({ from, to });
  }
  return apart;
}
