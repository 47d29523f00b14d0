/** What somebody has typed into a form. Rows of a list are texts by the field's name. */
export type Values = Record<string, string | boolean | Record<string, string>[]>;
export type Draft = { values: Values; idempotencyKey: string };

/**
 * Drafts by the form's name, in the memory of this page alone: they outlive a visit of another page, a failed request and a new
 * sign-in, and never a closed page.
 */
const drafts = new Map<string, Draft>();

export const readDraft = (name: string): Draft | undefined => drafts.get(name);

/** Keeps what was typed. It is another request than the one before, so it gets a new idempotency key. */
export function keepDraft(name: string, values: Values): Draft {
  const draft = { values, idempotencyKey: crypto.randomUUID() };
  drafts.set(name, draft);
  return draft;
}

export const dropDraft = (name: string): void => void drafts.delete(name);

/** Asks before the page is closed while something is typed and not sent. */
export function guardDrafts(): void {
  addEventListener("beforeunload", (event) => {
    if (drafts.size > 0) event.preventDefault();
  });
}
