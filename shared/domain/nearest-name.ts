/** The name that is nearly the one that was written, whatever its case and its `_` or `-`; undefined where none is. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const bare = bareName(written);
  const near = names
    .map((name) => ({ name, edits: editsBetween(bare, bareName(name)) }))
    .filter(({ name, edits }) => edits <= mostEdits(name))
    .sort((one, other) => one.edits - other.edits);
  return near[0]?.name;
}

const bareName = (name: string) => name.toLowerCase().replace(/[_-]/g, "");

/** A short word with two other letters is another word. */
const mostEdits = (name: string) => Math.max(1, Math.floor(name.length / 3));

/** How many letters must be added, taken out or changed to make one word of the other. */
function editsBetween(one: string, other: string): number {
  // So long a word is near none, and comparing it letter by letter would take long.
  if (one.length > 2 * other.length) return one.length;
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other[j] ? 0 : 1)));
    row = next;
  }
  return row[other.length] ?? 0;
}
