import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { filled, number, text } from "../words/format.ts";
import { labels } from "../words/words.ts";

/** Minutes without a key or a touch after which the desk asks whether somebody is there, and after which it hides. */
const mostIdleMinutes = { asks: 25, hides: 30 };
const minuteMs = 60_000;
/** A PC that slept runs no timer: the time is compared, not counted. */
const lookMs = 5_000;

/** The last sign of a person, in any tab of the desk: the tabs of one PC hide together. */
const seenKey = "foad-desk-seen-at";
const lastSeen = () => Number(localStorage.getItem(seenKey) ?? 0);
const noteSeen = () => localStorage.setItem(seenKey, String(Date.now()));
const idleMinutes = () => Math.max(0, Date.now() - lastSeen()) / minuteMs;

const signs = ["keydown", "pointerdown", "wheel", "touchstart"] as const;

/**
 * Asks whether somebody is there once nothing was pressed for a while, and calls `hide` some minutes later: also where the session
 * has ended and the page is still read.
 */
export function IdleQuestion({ hide }: { hide: () => void }): JSX.Element | null {
  const [isAsked, ask] = useState(false);
  useEffect(() => {
    noteSeen();
    const look = () => {
      if (idleMinutes() >= mostIdleMinutes.hides) hide();
      else ask(idleMinutes() >= mostIdleMinutes.asks);
    };
    const onSign = () => {
      // A page that should be hidden by now must not be kept open by the next person's key.
      look();
      if (idleMinutes() < mostIdleMinutes.hides) noteSeen();
      ask(false);
    };
    for (const sign of signs) addEventListener(sign, onSign, { passive: true, capture: true });
    document.addEventListener("visibilitychange", look);
    const timer = setInterval(look, lookMs);
    return () => {
      for (const sign of signs) removeEventListener(sign, onSign, { capture: true });
      document.removeEventListener("visibilitychange", look);
      clearInterval(timer);
      ask(false);
    };
  }, []);
  if (!isAsked) return null;
  const minutes = number(mostIdleMinutes.hides - mostIdleMinutes.asks);
  return (
    <p class="failure ended no-print" role="alert">
      {filled(labels.idle.asks, { minutes })}{" "}
      <button type="button" onClick={() => ask(false)}>
        {text(labels.idle.here)}
      </button>
    </p>
  );
}
