/** A value of a table by its key. Only own properties count: a key may be the name of an inherited one, such as `constructor`. */
export function ownValue<T>(all: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(all, key) ? all[key] : undefined;
}
