import { useEffect } from "preact/hooks";

/** Has the browser ask before the page is closed, as long as something is shown that is shown once. */
export function useLeaveQuestion(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
}
