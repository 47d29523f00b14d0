import type { JSX } from "preact";
import { useKeptPlace } from "../session/place.ts";
import { text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { dropDraft, useLeftDrafts } from "./drafts.ts";

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
