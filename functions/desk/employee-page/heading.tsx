import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** The heading of what is shown now. It has the focus, so that screen readers begin there. */
export function Heading({ children }: { children: string }): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), []);
  return (
    <h1 ref={head} tabIndex={-1}>
      {children}
    </h1>
  );
}
