import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "./api.ts";

/** What was loaded before, by name: the back button shows it at once. It is gone when the page is. */
const remembered = new Map<string, unknown>();

export type Loaded<T> = {
  value: T | undefined;
  failure: Failure | undefined;
  reload: () => Promise<void>;
  /** Puts in a newer value, such as the answer of a change. */
  put: (value: T) => void;
};

/** Loads a value by its name, and again every `everyMs`. A failed reload leaves the value that is shown. */
export function useLoaded<T>(name: string, load: () => Promise<T>, everyMs?: number): Loaded<T> {
  const [, redraw] = useState({});
  const failure = useRef<Failure | undefined>(undefined);
  const latest = useRef({ name, load });
  latest.current = { name, load };
  const put = useCallback((value: T) => {
    remembered.set(latest.current.name, value);
    redraw({});
  }, []);
  const reload = useCallback(async () => {
    const asked = latest.current;
    try {
      const value = await asked.load();
      failure.current = undefined;
      remembered.set(asked.name, value);
    } catch (error) {
      failure.current = failureOf(error);
    }
    redraw({});
  }, []);
  useEffect(() => {
    failure.current = undefined;
    void reload();
    if (everyMs === undefined) return;
    const timer = setInterval(() => void reload(), everyMs);
    return () => clearInterval(timer);
  }, [name, everyMs, reload]);
  return { value: remembered.get(name) as T | undefined, failure: failure.current, reload, put };
}
