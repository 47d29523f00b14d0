/** A sleep that a call can cut short. */
export function createInterruptibleSleep() {
  let wake = () => {};
  return {
    wake: () => wake(),
    async sleep(ms: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      wake = resolve;
      await promise;
      clearTimeout(timer);
    },
  };
}
