import type { ComponentChildren, JSX } from "preact";

type ActProps = { title: string; isOpen?: boolean; children: ComponentChildren };

/** A section that is opened by its heading; `isOpen`: from the beginning. */
export function Act({ title, isOpen, children }: ActProps): JSX.Element {
  return (
    <details class="act" open={isOpen}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
