export type Teardown = ReturnType<typeof createTeardown>;

/** Stops what has been started: in reverse order, only once, and all of it even where some of it fails to stop. */
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
