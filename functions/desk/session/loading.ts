import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "./api.ts";

/** The loaded values, by name: the back button shows it at once. `turn` grows with each question and each newer value. */
type Remembered = { turn: number; value?: unknown; failure?: Failure | undefined };
const remembered = new Map<string, Remembered>();

function recordOf(name: string): Remembered {
  const record = remembered.get(name) ?? { turn: 0 };
  remembered.set(name, record);
  return record;
}

/** Forgets a value, or everything. */
export const forget = (name: string): void => void remembered.delete(name);
export const forgetAll = (): void => remembered.clear();

export type Loaded<T> = {
  value: T | undefined;
  failure: Failure | undefined;
  reload: () => Promise<void>;
  /** Puts in a newer value, such as the answer of a change. */
  put: (value: T) => void;
};

/**
 * Loads a value by its name, and again every `everyMs`. A failed reload leaves the value that is shown; an answer that is older
 * than what is shown is left out.
 */
export function useLoaded<T>(name: string, load: () => Promise<T>, everyMs?: number): Loaded<T> {
  const [, redraw] = useState({});
  const latest = useRef(load);
  latest.current = load;
  const put = useCallback(
    (value: T) => {
      Object.assign(recordOf(name), { turn: recordOf(name).turn + 1, value, failure: undefined });
      redraw({});
    },
    [name],
  );
  const reload = useCallback(async () => {
    const turn = recordOf(name).turn + 1;
    recordOf(name).turn = turn;
    const answer = await latest
      .current()
      .then((value) => ({ value, failure: undefined }))
      .catch((error: unknown) => ({ failure: failureOf(error) }));
    if (recordOf(name).turn === turn) Object.assign(recordOf(name), answer);
    redraw({});
  }, [name]);
  useEffect(() => {
    void reload();
    if (everyMs === undefined) return;
    const timer = setInterval(() => void reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  const { value, failure } = recordOf(name);
  return { value: value as T | undefined, failure, reload, put };
}

/**
 * Loads the numbers of today. The functions that answer keep numbers for a while, each for itself: an answer that was counted
 * before what is shown is left out.
 */
export function useSummary<T extends { countedAt: string }>(
  name: string,
  load: () => Promise<T>,
  everyMs: number,
): Loaded<T> {
  const latest = useRef<T | undefined>(undefined);
  const loaded = useLoaded(
    name,
    async () => {
      const fresh = await load();
      const { current } = latest;
      return current && Date.parse(current.countedAt) > Date.parse(fresh.countedAt) ? current : fresh;
    },
    everyMs,
  );
  latest.current = loaded.value;
  return loaded;
}

/** Enough for a screen that nobody reads to its end. */
const mostPages = 5;

/** The first pages of a list, one after the other. */
export async function firstPages<P extends { nextCursor?: string | undefined }>(
  load: (cursor: { cursor?: string }) => Promise<P>,
): Promise<P[]> {
  const pages = [await load({})];
  for (let next = pages[0]?.nextCursor; next && pages.length < mostPages; next = pages.at(-1)?.nextCursor)
    pages.push(await load({ cursor: next }));
  return pages;
}
