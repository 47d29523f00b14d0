import type { JSX } from "preact";
import { dateTime, day, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import type { NoticeView } from "./view.ts";
import { noticeWords } from "./words-of-notices.ts";

type Event = NoticeView["history"][number];

/** Everything that happened to a notice, the newest last, with who did it. What stands above is not repeated. */
export function NoticeTimeline({ view }: { view: NoticeView }): JSX.Element {
  return (
    <section class="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{text(labels.caseParts.timeline)}</h2>
      <ol>
        {view.history.map((event) => (
          <li key={event.number}>
            <p class="entry-head">
              <b>{titleOf(event)}</b> <small>{byWhom(event, view)}</small>{" "}
              <time dateTime={event.at}>{dateTime(event.at)}</time>
            </p>
            {detailsOf(event).map((detail) => (
              <p key={detail}>{detail}</p>
            ))}
            {textOf(event) && (
              <p class="typed" dir="auto">
                {textOf(event)}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function titleOf(event: Event): string {
  const { events } = noticeWords;
  const known: Record<string, { fa: string; en: string }> = events;
  const type = event.type === "answered" && event.onPaper ? "answered-on-paper" : event.type;
  return filled(known[type] ?? events.other, { until: event.type === "leave-recorded" ? day(event.until) : "" });
}

function byWhom(event: Event, { people }: NoticeView): string {
  if (event.type === "internal") return "";
  const { by, person } = event;
  const known: Record<string, { fa: string; en: string }> = noticeWords.actors;
  const actor = known[by] ? text(known[by]) : by;
  return person ? `${actor} · ${people[person] ?? person}` : actor;
}

/** What an event says in fixed words. */
function detailsOf(event: Event): string[] {
  switch (event.type) {
    case "service-recorded":
      return [text(noticeWords.ways[event.way])];
    case "decided":
      return [text(noticeWords.outcomes[event.outcome])];
    case "judged":
      return [text(noticeWords.judgements[event.outcome])];
    case "ended":
      return [text(noticeWords.ends[event.end])];
    default:
      return [];
  }
}

/** What a person wrote. */
function textOf(event: Event): string | undefined {
  if ("reasons" in event) return event.reasons;
  return "text" in event ? event.text : undefined;
}
