import type { JSX } from "preact";
import { dropDraft, useLeftDrafts } from "./drafts.ts";
import { text } from "./format.ts";
import { useKeptPlace } from "./place.ts";
import { labels } from "./words.ts";

/** Texts whose form is gone, because somebody else was faster: to copy and to discard. */
export function LeftDrafts({ id }: { id: string }): JSX.Element {
  const left = useLeftDrafts(id);
  useKeptPlace();
  return (
    <>
      {left.map(({ name, texts }) => (
        <section key={name} class="unsent">
          <h2>{text(labels.caseParts.unsent)}</h2>
          {texts.map((typed) => (
            <p class="typed" dir="auto" key={typed}>
              {typed}
            </p>
          ))}
          <button type="button" class="quiet" onClick={() => dropDraft(name)}>
            {text(labels.caseParts.discard)}
          </button>
        </section>
      ))}
    </>
  );
}
