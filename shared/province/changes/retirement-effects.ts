import { type Answer, saying } from "./answer.ts";

/** For an answer's fields: what a retirement means for one kind of entry, and what it means that it is taken back. */
export function retirement({ retired, back }: Record<"retired" | "back", string>): Answer<string | undefined> {
  return saying(({ was, is }) => {
    if (is === undefined) return `is not retired any more: from the deployment on ${back}`;
    const since = was === undefined ? `retires on ${is}` : `retires on ${is} instead of ${was}`;
    return `${since}, or with the deployment where that day has come: ${retired}`;
  });
}

export const successor: Answer<string | undefined> = saying(({ is }) =>
  is === undefined
    ? "names no successor any more: who is refused because it is retired is referred to nothing"
    : `is succeeded by "${is}": who is refused because it is retired is referred there`,
);
