export type Teardown = ReturnType<typeof createTeardown>;

/** What has been started, ended in the opposite order and once, whatever fails on the way. */
export function createTeardown() {
  const ends: (() => unknown)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        console.error("stopping:", error);
      }
    }
  };
  return {
    add: (end: () => unknown) => void ends.push(end),
    run: (): Promise<void> => {
      running ??= runAll();
      return running;
    },
  };
}
