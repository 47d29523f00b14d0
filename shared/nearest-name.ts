/** The known name that is most similar to a mistyped name, ignoring case, `_` and `-`. Undefined if none is similar. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const bare = bareName(written);
  const similar = names
    .map((name) => ({ name, edits: editsBetween(bare, bareName(name)) }))
    .filter(({ name, edits }) => edits <= mostEdits(name))
    .sort((one, other) => one.edits - other.edits);
  return similar[0]?.name;
}

const bareName = (name: string) => name.toLowerCase().replace(/[_-]/g, "");

/** The most edits for a similar name: a third of its characters, `_` and `-` included, and at least one. A short name with two other letters is a different name. */
const mostEdits = (name: string) => Math.max(1, Math.floor(name.length / 3));

/** The number of letters to add, remove or change to turn one word into the other (Levenshtein distance). */
function editsBetween(one: string, other: string): number {
  // A much longer word is similar to none, and comparing its letters would take long.
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
