const heldMs = 30_000;

/**
 * Keeps an answer for half a minute in this instance of the function, by a key that names what its caller may see. Callers who
 * ask at the same time share one computation. A failed one is not kept.
 */
export function createHeldAnswers<T>() {
  const held = new Map<string, { until: number; answer: Promise<T> }>();
  return (key: string, compute: () => Promise<T>): Promise<T> => {
    const known = held.get(key);
    // By the date, since the clock of `performance` may stand still while Lambda keeps a function frozen.
    if (known && Date.now() < known.until && Date.now() >= known.until - heldMs) return known.answer;
    const answer = compute();
    held.set(key, { until: Date.now() + heldMs, answer });
    answer.catch(() => held.delete(key));
    return answer;
  };
}
