import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { text } from "../words/format.ts";
import { labels } from "../words/words.ts";

/** How often the desk asks whether a newer one is served: somebody works in one page for a whole day. */
const askMs = 15 * 60_000;

/** The script of this page. Its name holds a digest, so another release has another name. */
const ownScript = document.querySelector("script[src]")?.getAttribute("src") ?? "";

async function isNewerServed(): Promise<boolean> {
  const answer = await fetch("/desk", { cache: "no-store" }).catch(() => undefined);
  return answer?.ok === true && !(await answer.text()).includes(ownScript);
}

/** Says that a newer desk is there, and loads it when asked. Nothing is loaded by itself: what is typed stays until it is sent. */
export function NewerDesk(): JSX.Element | null {
  const [isNewer, setNewer] = useState(false);
  useEffect(() => {
    if (isNewer) return;
    const timer = setInterval(() => void isNewerServed().then(setNewer), askMs);
    return () => clearInterval(timer);
  }, [isNewer]);
  if (!isNewer) return null;
  return (
    <p class="note no-print" role="status">
      {text(labels.newerDesk)}{" "}
      <button type="button" class="quiet" onClick={() => location.reload()}>
        {text(labels.loadAnew)}
      </button>
    </p>
  );
}
