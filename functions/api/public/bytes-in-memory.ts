/** Bytes by name, no more than so many together: the oldest go first. */
export function createBytesInMemory(most: number) {
  const held = new Map<string, Buffer>();
  let size = 0;
  return {
    get: (name: string) => held.get(name),
    keep(name: string, bytes: Buffer): Buffer {
      held.set(name, bytes);
      size += bytes.length;
      for (const [oldest, { length }] of held) {
        if (size <= most) break;
        held.delete(oldest);
        size -= length;
      }
      return bytes;
    },
  };
}
