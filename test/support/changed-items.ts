/** Compares two readings of every table. Returns each item that only one of them has, cut to 300 characters. */
export function changedItems(before: string, after: string): string[] {
  const [earlier, later] = [before, after].map((text) => new Set<string>(JSON.parse(text))) as [
    Set<string>,
    Set<string>,
  ];
  const gone = [...earlier.difference(later)].map((item) => `gone: ${item}`);
  const added = [...later.difference(earlier)].map((item) => `added: ${item}`);
  return [...gone, ...added].map((line) => line.slice(0, 300));
}
