/** Of two readings of every table, what stands in one alone, each item cut to a line. */
export function changedItems(before: string, after: string): string[] {
  const [were, are] = [before, after].map((text) => new Set<string>(JSON.parse(text)));
  const only = (some = new Set<string>(), others = new Set<string>()) => [...some.difference(others)];
  return [...only(were, are).map((item) => `- ${item}`), ...only(are, were).map((item) => `+ ${item}`)].map((line) =>
    line.slice(0, 300),
  );
}
