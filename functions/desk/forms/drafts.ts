import { useEffect, useState } from "preact/hooks";
import { type Failure, failureOf } from "../session/api.ts";

/** The typed values of a form, by field. A row of a list has a text for each of its own fields. */
export type Values = Record<string, string | boolean | Record<string, string>[]>;
/**
 * `failure`: what of the last refusal still holds. `refused`: the whole refusal, until the form is sent again: what no longer
 * holds keeps its place on the screen, so that nothing moves under the pointer.
 */
export type Draft = {
  values: Values;
  idempotencyKey: string;
  isSending: boolean;
  /** How many files of the form are being sent or checked: until then the form is not sent. */
  uploads: number;
  failure?: Failure | undefined;
  refused?: Failure | undefined;
};

/**
 * Drafts by the form's name, in the memory of this page alone: they outlive a visit of another page, a failed request and a new
 * sign-in, and never a closed page.
 */
const drafts = new Map<string, Draft>();
/** How often each form is on the screen. */
const shown = new Map<string, number>();
const changes = new EventTarget();

function keep(name: string, draft: Draft | undefined): void {
  if (draft) drafts.set(name, draft);
  else drafts.delete(name);
  changes.dispatchEvent(new Event("changed"));
}

function useChanges(): void {
  const [, redraw] = useState({});
  useEffect(() => {
    const onChange = () => redraw({});
    changes.addEventListener("changed", onChange);
    return () => changes.removeEventListener("changed", onChange);
  }, []);
}

/**
 * For the component that shows a form: notes that the form is on the screen, redraws it when a draft changes, and returns its draft.
 * Undefined while nothing was typed.
 */
export function useDraft(name: string): Draft | undefined {
  useChanges();
  useEffect(() => {
    shown.set(name, (shown.get(name) ?? 0) + 1);
    changes.dispatchEvent(new Event("changed"));
    return () => {
      shown.set(name, (shown.get(name) ?? 1) - 1);
      changes.dispatchEvent(new Event("changed"));
    };
  }, [name]);
  return drafts.get(name);
}

/** Whether a path of the server, such as `actions[0].text`, is of this field. */
export const isOf = (path: string, field: string) =>
  path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);

/**
 * Keeps the typed values. Changed values are another request, so they get a new idempotency key. What the server said of the
 * changed field is no longer true of it.
 */
export function keepDraft(name: string, values: Values, changed?: string): Draft {
  const { isSending = false, uploads = 0, failure, refused } = drafts.get(name) ?? {};
  const left = changed === undefined ? failure : withoutField(failure, changed);
  const draft = { values, idempotencyKey: crypto.randomUUID(), isSending, uploads, failure: left, refused };
  keep(name, draft);
  return draft;
}

/**
 * Returns the values of the form's draft; undefined if it has none. A file that was sent while its reader typed on, or left the page,
 * is added to these values, because those that the screen showed at its start are older.
 */
export const valuesNow = (name: string): Values | undefined => drafts.get(name)?.values;

/** Notes that a file of the form begins to be sent, or came to an end. It outlives a visit of another page, like the draft. */
export function noteUpload(name: string, start: Values, by: 1 | -1): void {
  // The form of a file that comes to an end may have been given up.
  const draft = drafts.get(name) ?? (by > 0 ? keepDraft(name, start) : undefined);
  if (draft) keep(name, { ...draft, uploads: Math.max(0, draft.uploads + by) });
}

function withoutField(failure: Failure | undefined, field: string): Failure | undefined {
  if (!failure || failure.fields.length === 0) return failure;
  const fields = failure.fields.filter(({ path }) => !isOf(path, field));
  return fields.length > 0 ? { ...failure, fields } : undefined;
}

export const dropDraft = (name: string): void => keep(name, undefined);
export const dropAllDrafts = (): void => {
  drafts.clear();
  changes.dispatchEvent(new Event("changed"));
};
export const hasDrafts = (): boolean => [...drafts.values()].some(({ values }) => textsIn(values).length > 0);

type Sending = {
  name: string;
  start: Values;
  send: (values: Values, idempotencyKey: string) => Promise<void>;
  /** The path within the form for a path of the server, where they differ. */
  pathInForm?: ((path: string) => string) | undefined;
};

/**
 * Sends a draft. A second call while the first one runs does nothing and returns `busy`. Returns the failure, or undefined after
 * success. Values that were typed during the sending stay as a new draft.
 */
export async function sendDraft({ name, start, send, pathInForm }: Sending): Promise<Failure | undefined | "busy"> {
  const { values, idempotencyKey, isSending, uploads } = drafts.get(name) ?? keepDraft(name, start);
  if (isSending || uploads > 0) return "busy";
  const change = (changed: Partial<Draft>) => {
    const current = drafts.get(name);
    if (current) keep(name, { ...current, ...changed });
  };
  change({ isSending: true, failure: undefined });
  try {
    await send(values, idempotencyKey);
    if (drafts.get(name)?.idempotencyKey === idempotencyKey) dropDraft(name);
    else change({ isSending: false });
    return undefined;
  } catch (error) {
    const refusal = failureOf(error);
    const fields = refusal.fields.map((fault) => ({ ...fault, path: pathInForm?.(fault.path) ?? fault.path }));
    const failure = { ...refusal, fields };
    change({ isSending: false, failure, refused: failure });
    return failure;
  }
}

/** The texts that were typed into a form. */
function textsIn(values: Values): string[] {
  return Object.values(values)
    .flatMap((value) => (Array.isArray(value) ? value.flatMap(({ key: _, ...row }) => Object.values(row)) : [value]))
    .filter((value): value is string => typeof value === "string" && value.trim() !== "");
}

/** Chosen values, such as ids and dates, have only such characters: a person has nothing to copy from them. */
const isTypedByPerson = (text: string) => !/^[a-z0-9~.:-]+$/.test(text);

/** The drafts of a case whose forms are no longer on the screen, because a colleague has already changed the case. */
export function useLeftDrafts(id: string): { name: string; texts: string[] }[] {
  useChanges();
  return [...drafts]
    .filter(([name, { isSending }]) => name.startsWith(`${id} `) && !isSending && !shown.get(name))
    .map(([name, { values }]) => ({ name, texts: textsIn(values).filter(isTypedByPerson) }))
    .filter(({ texts }) => texts.length > 0);
}

/** Asks before the page is closed while something is typed and not sent. */
export function guardDrafts(): void {
  addEventListener("beforeunload", (event) => {
    if (hasDrafts()) event.preventDefault();
  });
}
