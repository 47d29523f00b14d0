import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** What was done last, until another form is sent. It is brought into sight: the page may have become shorter by what was done. */
export function useDone() {
  const [done, set] = useState<{ what: string }>();
  const status = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    if (!done) return;
    status.current?.focus({ preventScroll: true });
    status.current?.scrollIntoView({ block: "center" });
  }, [done]);
  return { done, status, onSend: () => set(undefined), onDone: (what: string) => set({ what }) };
}
