import { table } from "#shared/store/table.ts";

/** Lets so many calls to the table through and then none, as if the process had ended there. */
export function endAfter(calls: number): () => void {
  let left = calls;
  const name = "the end of the process";
  table.middlewareStack.add(
    (next) => async (args) => {
      if (left-- <= 0) throw new Error(name);
      return next(args);
    },
    { step: "initialize", name },
  );
  return () => table.middlewareStack.remove(name);
}
