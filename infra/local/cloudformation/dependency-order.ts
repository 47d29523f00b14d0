/** The keys, each after all keys that it depends on; a dependency that is no key itself is ignored. */
export function inDependencyOrder(dependencies: Map<string, Iterable<string>>): string[] {
  const ordered = new Set<string>();
  const visit = (key: string, path: string[]) => {
    if (ordered.has(key)) return;
    if (path.includes(key)) throw new Error(`These depend on each other: ${[...path, key].join(" → ")}`);
    for (const needed of dependencies.get(key) ?? []) if (dependencies.has(needed)) visit(needed, [...path, key]);
    ordered.add(key);
  };
  for (const key of dependencies.keys()) visit(key, []);
  return [...ordered];
}
