/** One running event source mapping, whatever it reads from. */
export type Consumer = {
  /** Resolves once nothing can be taken from the source now and nothing that was taken is still being worked on. */
  settled(asked: { isFirst: boolean }): Promise<void>;
  /** How many records or messages the function has been given so far. */
  taken(): number;
  /** Resolves once it has stopped reading, which it does when the local cloud stops. */
  ended: Promise<void>;
};
