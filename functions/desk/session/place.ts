import { useLayoutEffect } from "preact/hooks";

/**
 * Keeps the field or button that the person works on at its place on the screen, whatever this rendering adds or takes away
 * above it. Browsers do so by themselves only for what is out of sight.
 */
export function useKeptPlace(): void {
  const worked = document.activeElement;
  const before = worked?.closest("#acts form") ? worked.getBoundingClientRect().top : undefined;
  useLayoutEffect(() => {
    if (!worked?.isConnected || before === undefined) return;
    const moved = worked.getBoundingClientRect().top - before;
    if (moved !== 0) scrollBy(0, moved);
  });
}
